package dev.turntable.eval;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** Literals in internal form. */
public final class Literals {
  private Literals() {}

  /** Returns the value in internal form; text as it was written, without padding. */
  public static @Nullable Object value(RexLiteral literal) {
    Object value = literal.getValue4();
    if (value == null || literal.isNull()) {
      return null;
    }
    return value(value, literal.getType());
  }

  /** Returns a value as a literal holds it, also as the end of a range, in internal form. */
  static Object value(Object value, RelDataType type) {
    if (value instanceof NlsString text) {
      return text.getValue();
    }
    if (value instanceof DateString date) {
      return date.getDaysSinceEpoch();
    }
    if (value instanceof TimeString time) {
      return time.getMillisOfDay();
    }
    if (value instanceof TimestampString timestamp) {
      return timestamp.getMillisSinceEpoch();
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> values = new ArrayList<>(list.size());
      for (Object element : list) {
        values.add(element instanceof RexLiteral literal ? value(literal) : element);
      }
      return values;
    }
    if (value instanceof Number number) {
      // A literal is exact for its type; a mode that rounds would hide a defect here.
      return fits(type) ? Numbers.fit(number, type, RoundingMode.HALF_UP) : number;
    }
    return value;
  }

  private static boolean fits(RelDataType type) {
    return SqlTypes.isApproximate(type) || SqlTypes.isWhole(type);
  }
}
