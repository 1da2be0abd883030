package dev.turntable.plan.validate;

import dev.turntable.plan.type.SqlTypeFactory;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** The types of parameters that a statement does not tell. */
@FunctionalInterface
public interface GivenTypes {
  /** Nothing is known. */
  GivenTypes NONE = index -> null;

  /** For statements that make no sense of texts, such as {@code ? + ?}, until there are values. */
  List<GivenTypes> GUESSES =
      List.of(all(SqlTypeName.DOUBLE), all(SqlTypeName.BIGINT), all(SqlTypeName.TIMESTAMP));

  /** Returns the type of a parameter, by its position from 0, or null if it is not known. */
  @Nullable RelDataType of(int index);

  private static GivenTypes all(SqlTypeName name) {
    RelDataType type =
        SqlTypeFactory.INSTANCE.createTypeWithNullability(
            SqlTypeFactory.INSTANCE.createSqlType(name), true);
    return index -> type;
  }

  /** Returns these types, and for all others those of another. */
  static GivenTypes of(Map<Integer, RelDataType> types, GivenTypes others) {
    return index -> {
      RelDataType type = types.get(index);
      return type == null ? others.of(index) : type;
    };
  }
}
