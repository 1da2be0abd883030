package dev.turntable.jdbc.meta;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.jdbc.result.Columns;
import java.sql.DatabaseMetaData;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types a column can have. */
final class MetaTypes {
  private static final MetaShape TYPES =
      MetaShape.of(
          "TYPE_NAME DATA_TYPE:i PRECISION:i LITERAL_PREFIX LITERAL_SUFFIX CREATE_PARAMS NULLABLE:s"
              + " CASE_SENSITIVE:b SEARCHABLE:s UNSIGNED_ATTRIBUTE:b FIXED_PREC_SCALE:b"
              + " AUTO_INCREMENT:b LOCAL_TYPE_NAME MINIMUM_SCALE:s MAXIMUM_SCALE:s SQL_DATA_TYPE:i"
              + " SQL_DATETIME_SUB:i NUM_PREC_RADIX:i");

  private static final List<JDBCType> KNOWN =
      List.of(
          JDBCType.BOOLEAN,
          JDBCType.INTEGER,
          JDBCType.BIGINT,
          JDBCType.DOUBLE,
          JDBCType.DECIMAL,
          JDBCType.VARCHAR,
          JDBCType.DATE,
          JDBCType.TIME,
          JDBCType.TIMESTAMP);

  private MetaTypes() {}

  static ResultSet all() {
    List<@Nullable Object[]> rows = new ArrayList<>();
    KNOWN.stream()
        .sorted(Comparator.comparing(JDBCType::getVendorTypeNumber))
        .forEach(type -> rows.add(row(type)));
    return TYPES.rows(rows);
  }

  private static @Nullable Object[] row(JDBCType type) {
    ColumnInfo column = Columns.of(type.getName(), type);
    boolean text = type == JDBCType.VARCHAR;
    boolean number = Columns.isNumeric(type);
    int maxScale = type == JDBCType.DECIMAL ? 18 : Columns.scale(column);
    return new @Nullable Object[] {
      type.getName(),
      type.getVendorTypeNumber(),
      Columns.precision(column),
      prefix(type),
      prefix(type) == null ? null : "'",
      text ? "length" : type == JDBCType.DECIMAL ? "precision,scale" : null,
      DatabaseMetaData.typeNullable,
      text,
      (text ? DatabaseMetaData.typeSearchable : DatabaseMetaData.typePredBasic),
      !number,
      false,
      false,
      type.getName(),
      0,
      maxScale,
      null,
      null,
      number ? 10 : null
    };
  }

  private static @Nullable String prefix(JDBCType type) {
    return switch (type) {
      case VARCHAR -> "'";
      case DATE -> "DATE '";
      case TIME -> "TIME '";
      case TIMESTAMP -> "TIMESTAMP '";
      default -> null;
    };
  }
}
