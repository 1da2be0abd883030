package dev.turntable.plan.type;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Makes text Unicode, and character literals VARCHAR, so that no comparison pads with blanks. */
public final class SqlTypeFactory extends JavaTypeFactoryImpl {
  /** The one of all plans; it interns types and is safe for use by several threads. */
  public static final SqlTypeFactory INSTANCE = new SqlTypeFactory();

  private SqlTypeFactory() {
    super(SqlTypeSystem.INSTANCE);
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  /** Asked all the time while a statement is planned, so here it is that planning looks for its end. */
  @Override
  public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
    PlannedStatement.check();
    return super.createTypeWithNullability(type, nullable);
  }

  @Override
  public RelDataType createSqlType(SqlTypeName typeName) {
    PlannedStatement.check();
    return super.createSqlType(typeName == SqlTypeName.CHAR ? SqlTypeName.VARCHAR : typeName);
  }

  @Override
  public RelDataType createSqlType(SqlTypeName typeName, int precision) {
    PlannedStatement.check();
    return super.createSqlType(
        typeName == SqlTypeName.CHAR ? SqlTypeName.VARCHAR : typeName, precision);
  }

  /**
   * Of decimals, one that holds all places behind the point: a total has as many digits as there can be,
   * and Calcite would rather cut places than digits in front.
   */
  @Override
  public @Nullable RelDataType leastRestrictive(
      List<RelDataType> types, SqlTypeMappingRule mappingRule) {
    RelDataType type = super.leastRestrictive(types, mappingRule);
    if (type == null || type.getSqlTypeName() != SqlTypeName.DECIMAL) {
      return type;
    }
    int scale =
        types.stream()
            .filter(each -> each.getSqlTypeName() == SqlTypeName.DECIMAL)
            .mapToInt(RelDataType::getScale)
            .max()
            .orElse(0);
    return scale <= type.getScale()
        ? type
        : createTypeWithNullability(
            createSqlType(SqlTypeName.DECIMAL, type.getPrecision(), scale), type.isNullable());
  }
}
