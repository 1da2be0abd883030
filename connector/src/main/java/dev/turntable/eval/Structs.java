package dev.turntable.eval;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** ROW values: a list here, an array in Calcite's generated code. */
final class Structs {
  private Structs() {}

  static @Nullable Object toCalcite(@Nullable Object value, RelDataType type) {
    return type.isStruct() && value instanceof List<?> fields ? fields.toArray() : value;
  }

  static @Nullable Object fromCalcite(@Nullable Object value, RelDataType type) {
    return type.isStruct() && value instanceof @Nullable Object[] fields
        ? Collections.unmodifiableList(Arrays.asList(fields))
        : value;
  }
}
