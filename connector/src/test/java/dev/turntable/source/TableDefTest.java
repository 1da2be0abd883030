package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a service declares of a table is what the table has. */
class TableDefTest {
  private record Row(String text, Long number) {}

  private static final Column<Row> ID = Column.varchar("id", Row::text);

  private static final TableDef<Row> TABLE =
      TableDef.readOnly(
          "things",
          "Things",
          List.of(ID, Column.bigint("n", Row::number)),
          List.of("id"),
          List.of());

  @Test
  void everyKindOfColumnHasItsType() {
    List<Column<Row>> columns =
        List.of(
            ID,
            Column.json("j", Row::text),
            Column.bool("b", row -> true),
            Column.integer("i", row -> 1),
            Column.bigint("l", Row::number),
            Column.dbl("d", row -> 1.5),
            Column.decimal("c", row -> BigDecimal.ONE),
            Column.timestamp("t", row -> Instant.EPOCH));
    assertThat(columns)
        .extracting(Column::type)
        .containsExactly(
            ColumnType.VARCHAR,
            ColumnType.JSON,
            ColumnType.BOOLEAN,
            ColumnType.INTEGER,
            ColumnType.BIGINT,
            ColumnType.DOUBLE,
            ColumnType.DECIMAL,
            ColumnType.TIMESTAMP);
    assertThat(columns.get(4).reader().apply(new Row("a", 7L))).isEqualTo(7L);
  }

  @Test
  void keepsWhatIsAddedAndAllElse() {
    ForeignKey key = new ForeignKey(List.of("id"), "other", "things", List.of("id"));
    TableDef<Row> more = TABLE.withForeignKeys(List.of(key));
    assertThat(more.foreignKeys()).containsExactly(key);
    assertThat(more.name()).isEqualTo("things");
    assertThat(more.columns()).isEqualTo(TABLE.columns());
    assertThat(more.primaryKey()).containsExactly("id");
    assertThat(TABLE.foreignKeys()).isEmpty();
    assertThat(TABLE.inserter()).isNull();
    assertThat(TABLE.deleter()).isNull();
  }
}
