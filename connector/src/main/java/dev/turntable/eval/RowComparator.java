package dev.turntable.eval;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * Orders rows by a collation. NULL is the largest value, unless the collation says where it goes.
 * Immutable and thread-safe.
 */
public final class RowComparator implements Comparator<@Nullable Object[]> {
  private final int[] columns;
  private final boolean[] descending;
  private final boolean[] nullsFirst;
  private final Comparator<Object>[] orders;

  /**
   * @param rowType the type of the rows
   * @throws TurntableException as {@link ErrorKind#UNSUPPORTED} if a column has a type without order
   */
  public RowComparator(RelCollation collation, RelDataType rowType) {
    List<RelFieldCollation> fields = collation.getFieldCollations();
    columns = new int[fields.size()];
    descending = new boolean[fields.size()];
    nullsFirst = new boolean[fields.size()];
    orders = newArray(fields.size());
    for (int i = 0; i < columns.length; i++) {
      RelFieldCollation field = fields.get(i);
      RelDataType type = rowType.getFieldList().get(field.getFieldIndex()).getType();
      columns[i] = field.getFieldIndex();
      descending[i] = field.getDirection().isDescending();
      nullsFirst[i] =
          switch (field.nullDirection) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> descending[i];
          };
      orders[i] = order(type);
    }
  }

  /** Returns whether rows of the type can be ordered by the collation. */
  public static boolean supports(RelCollation collation, RelDataType rowType) {
    return collation.getFieldCollations().stream()
        .map(field -> rowType.getFieldList().get(field.getFieldIndex()).getType())
        .allMatch(type -> Orders.of(type) != null);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Comparator<Object>[] newArray(int size) {
    return new Comparator[size];
  }

  private static Comparator<Object> order(RelDataType type) {
    Comparator<Object> order = Orders.of(type);
    if (order == null) {
      throw new TurntableException(
          ErrorKind.UNSUPPORTED, "values of type " + type + " have no order");
    }
    return order;
  }

  @Override
  public int compare(@Nullable Object[] a, @Nullable Object[] b) {
    for (int i = 0; i < columns.length; i++) {
      int c = compare(a[columns[i]], b[columns[i]], i);
      if (c != 0) {
        return c;
      }
    }
    return 0;
  }

  private int compare(@Nullable Object a, @Nullable Object b, int i) {
    if (a == null || b == null) {
      return a == b ? 0 : (a == null) == nullsFirst[i] ? -1 : 1;
    }
    int c = orders[i].compare(a, b);
    return descending[i] ? -c : c;
  }
}
