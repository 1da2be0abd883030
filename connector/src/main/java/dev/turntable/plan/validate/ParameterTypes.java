package dev.turntable.plan.validate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** The types of the parameters of a statement that is being validated: the first place that tells. */
final class ParameterTypes {
  private final GivenTypes given;
  private final RelDataTypeFactory factory;
  private final Map<Integer, RelDataType> known = new HashMap<>();
  private final Set<Integer> untold = new HashSet<>();

  ParameterTypes(GivenTypes given, RelDataTypeFactory factory) {
    this.given = given;
    this.factory = factory;
  }

  /**
   * Returns the type of a parameter at one of its places.
   *
   * @param told the type that this place tells, or null if it tells none
   */
  RelDataType at(SqlDynamicParam parameter, @Nullable RelDataType told) {
    RelDataType type = known.get(parameter.getIndex());
    if (type != null) {
      return type;
    }
    if (told == null) {
      untold.add(parameter.getIndex());
      return ofValue(parameter);
    }
    return told;
  }

  /** Keeps the type that a place came to, unless one is known. */
  void keep(SqlDynamicParam parameter, RelDataType type) {
    known.putIfAbsent(parameter.getIndex(), type);
  }

  RelDataType of(SqlDynamicParam parameter) {
    return known.getOrDefault(parameter.getIndex(), ofValue(parameter));
  }

  private RelDataType ofValue(SqlDynamicParam parameter) {
    RelDataType type = given.of(parameter.getIndex());
    return type == null
        ? factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.VARCHAR), true)
        : type;
  }

  /** Returns whether the statement tells the type of a parameter. */
  boolean isTold(int index) {
    return known.containsKey(index) && !untold.contains(index);
  }
}
