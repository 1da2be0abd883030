package dev.turntable.plan.type;

import dev.turntable.engine.ColumnInfo;
import org.apache.calcite.rel.type.RelDataType;

/**
 * A dynamic parameter.
 *
 * @param index its position from 0
 * @param type the type that validation gave it
 * @param fraction what becomes of more decimal places than the type has
 * @param told whether the statement tells the type; otherwise the value does, or it is text
 */
public record Parameter(int index, RelDataType type, Fraction fraction, boolean told) {
  /** From what does no harm to what might. */
  enum Fraction {
    /** Compared as it is: nothing is equal to it, and what lies on either side does so exactly. */
    KEPT,
    /** As a CAST does. */
    ROUNDED,
    /** Rounded, it would be another number; as it is, the result would not be of its type. */
    REFUSED
  }

  public ColumnInfo info() {
    return Types.info("?" + (index + 1), null, type);
  }
}
