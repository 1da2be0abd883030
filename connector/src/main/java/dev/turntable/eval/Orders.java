package dev.turntable.eval;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** The order of the values, other than null, of SQL types. */
final class Orders {
  /** Whole numbers of any width: integers, datetimes, intervals. */
  static final Comparator<Object> WHOLE =
      (a, b) -> Long.compare(((Number) a).longValue(), ((Number) b).longValue());

  /** Numbers of which at least one is a DECIMAL. */
  static final Comparator<Object> EXACT = (a, b) -> Numbers.exact(a).compareTo(Numbers.exact(b));

  /** Numbers of which at least one is approximate; NaN equals itself and is the largest. */
  static final Comparator<Object> APPROXIMATE = Orders::compareDoubles;

  /** Text by UTF-16 code units, FALSE before TRUE. */
  static final Comparator<Object> NATURAL = Orders::compareNatural;

  private Orders() {}

  /** Returns the order of a type's values, or null if it has none that is known here. */
  static @Nullable Comparator<Object> of(RelDataType type) {
    return between(type, type);
  }

  /** Returns how values of two types compare, or null if they do not, or only after a cast. */
  static @Nullable Comparator<Object> between(RelDataType a, RelDataType b) {
    if (isNull(a) || isNull(b)) {
      return NATURAL;
    }
    if (SqlTypes.isNumeric(a) && SqlTypes.isNumeric(b)) {
      return SqlTypes.isApproximate(a) || SqlTypes.isApproximate(b)
          ? APPROXIMATE
          : SqlTypes.isDecimal(a) || SqlTypes.isDecimal(b) ? EXACT : WHOLE;
    }
    if (sameWhole(a, b)) {
      return WHOLE;
    }
    boolean natural =
        (SqlTypes.isText(a) && SqlTypes.isText(b))
            || (SqlTypes.isBoolean(a) && SqlTypes.isBoolean(b))
            || (isBinary(a) && isBinary(b));
    return natural ? NATURAL : list(a, b);
  }

  private static boolean isNull(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.NULL;
  }

  private static boolean isBinary(RelDataType type) {
    return SqlTypeName.BINARY_TYPES.contains(type.getSqlTypeName());
  }

  private static boolean sameWhole(RelDataType a, RelDataType b) {
    return (SqlTypes.isDate(a) && SqlTypes.isDate(b))
        || (SqlTypes.isTime(a) && SqlTypes.isTime(b))
        || (SqlTypes.isTimestamp(a) && SqlTypes.isTimestamp(b))
        || (SqlTypes.isMonths(a) && SqlTypes.isMonths(b))
        || (SqlTypes.isMillis(a) && SqlTypes.isMillis(b));
  }

  private static @Nullable Comparator<Object> list(RelDataType a, RelDataType b) {
    boolean lists =
        a.getSqlTypeName() == SqlTypeName.ARRAY && b.getSqlTypeName() == SqlTypeName.ARRAY;
    RelDataType first = a.getComponentType();
    RelDataType second = b.getComponentType();
    if (!lists || first == null || second == null) {
      return null;
    }
    Comparator<Object> elements = between(first, second);
    return elements == null ? null : (x, y) -> compareLists((List<?>) x, (List<?>) y, elements);
  }

  private static int compareLists(List<?> a, List<?> b, Comparator<Object> elements) {
    Iterator<?> first = a.iterator();
    Iterator<?> second = b.iterator();
    while (first.hasNext() && second.hasNext()) {
      Object x = first.next();
      Object y = second.next();
      int c =
          x == null || y == null ? Boolean.compare(x == null, y == null) : elements.compare(x, y);
      if (c != 0) {
        return c;
      }
    }
    return Boolean.compare(first.hasNext(), second.hasNext());
  }

  private static int compareDoubles(Object a, Object b) {
    double x = ((Number) a).doubleValue();
    double y = ((Number) b).doubleValue();
    // Not Double.compare alone, for which -0.0 is less than 0.0.
    return x < y ? -1 : x > y ? 1 : x == y ? 0 : Double.compare(x, y);
  }

  private static int compareNatural(Object a, Object b) {
    if (a instanceof String text) {
      return text.compareTo((String) b);
    }
    if (a instanceof Boolean truth) {
      return truth.compareTo((Boolean) b);
    }
    return ((ByteString) a).compareTo((ByteString) b);
  }
}
