package dev.turntable.eval;

import dev.turntable.run.Scalar;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Compiles arrays, maps and rows. Rows and arrays are lists that may hold null. */
final class Structures {
  private Structures() {}

  static Scalar field(Scalar struct, int index) {
    return StrictCalls.unary(
        "field",
        struct,
        value ->
            value instanceof @Nullable Object[] fields
                ? fields[index]
                : ((List<?>) value).get(index));
  }

  static Scalar row(List<Scalar> operands) {
    Scalar[] parts = operands.toArray(Scalar[]::new);
    return (row, execution) -> {
      List<@Nullable Object> values = new ArrayList<>(parts.length);
      for (Scalar part : parts) {
        values.add(part.eval(row, execution));
      }
      return Collections.unmodifiableList(values);
    };
  }

  /** Returns ARRAY[...], or null if its elements need a cast that is not known here. */
  static @Nullable Scalar array(RexCall call, List<Scalar> operands, RoundingMode rounding) {
    RelDataType element = call.getType().getComponentType();
    if (element == null) {
      return null;
    }
    List<Scalar> elements = converted(call.getOperands(), operands, element, 0, 1, rounding);
    return elements == null ? null : row(elements);
  }

  /** Returns MAP[...], or null if its keys or values need a cast that is not known here. */
  static @Nullable Scalar map(RexCall call, List<Scalar> operands, RoundingMode rounding) {
    RelDataType key = call.getType().getKeyType();
    RelDataType value = call.getType().getValueType();
    if (key == null || value == null) {
      return null;
    }
    List<Scalar> keys = converted(call.getOperands(), operands, key, 0, 2, rounding);
    List<Scalar> values = converted(call.getOperands(), operands, value, 1, 2, rounding);
    if (keys == null || values == null) {
      return null;
    }
    return (row, execution) -> {
      Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        map.put(keys.get(i).eval(row, execution), values.get(i).eval(row, execution));
      }
      return Collections.unmodifiableMap(map);
    };
  }

  private static @Nullable List<Scalar> converted(
      List<RexNode> nodes,
      List<Scalar> operands,
      RelDataType type,
      int from,
      int step,
      RoundingMode rounding) {
    List<Scalar> result = new ArrayList<>();
    for (int i = from; i < operands.size(); i += step) {
      Scalar operand = operands.get(i);
      RelDataType given = nodes.get(i).getType();
      Scalar cast =
          given.getSqlTypeName() == type.getSqlTypeName()
              ? operand
              : Casts.compile(operand, given, type, false, rounding);
      if (cast == null) {
        return null;
      }
      result.add(cast);
    }
    return result;
  }

  /** Returns collection[index], null beyond its end, or null if the types are not known here. */
  static @Nullable Scalar item(RexCall call, List<Scalar> operands) {
    RelDataType collection = call.getOperands().get(0).getType();
    RelDataType index = call.getOperands().get(1).getType();
    if (collection.getSqlTypeName() == SqlTypeName.ARRAY && SqlTypes.isInteger(index)) {
      return StrictCalls.binary(
          "ITEM",
          operands.get(0),
          operands.get(1),
          (a, b) -> {
            List<?> list = (List<?>) a;
            long at = ((Number) b).longValue() - 1;
            return at < 0 || at >= list.size() ? null : list.get((int) at);
          });
    }
    RelDataType key = collection.getKeyType();
    boolean sameKey = key != null && key.getSqlTypeName() == index.getSqlTypeName();
    return sameKey && collection.getSqlTypeName() == SqlTypeName.MAP
        ? StrictCalls.binary(
            "ITEM", operands.get(0), operands.get(1), (a, b) -> ((Map<?, ?>) a).get(b))
        : null;
  }

  static @Nullable Scalar size(RexCall call, List<Scalar> operands) {
    SqlTypeName type = call.getOperands().get(0).getType().getSqlTypeName();
    if (type == SqlTypeName.ARRAY || type == SqlTypeName.MULTISET) {
      return StrictCalls.unary("CARDINALITY", operands.get(0), a -> ((Collection<?>) a).size());
    }
    return type == SqlTypeName.MAP
        ? StrictCalls.unary("CARDINALITY", operands.get(0), a -> ((Map<?, ?>) a).size())
        : null;
  }
}
