package dev.turntable.plan;

import dev.turntable.engine.ColumnInfo;
import org.apache.calcite.rel.type.RelDataType;

/**
 * A dynamic parameter.
 *
 * @param index its position from 0
 * @param type the type that validation gave it
 */
record Parameter(int index, RelDataType type) {
  ColumnInfo info() {
    String name = "?" + (index + 1);
    return Types.info(name, name, null, null, type, false);
  }
}
