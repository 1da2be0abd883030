package dev.turntable.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import schemacrawler.schema.Catalog;
import schemacrawler.schema.Column;
import schemacrawler.schema.DataTypeType;
import schemacrawler.schema.ForeignKey;
import schemacrawler.schema.NamedObject;
import schemacrawler.schema.Schema;
import schemacrawler.schema.Table;
import schemacrawler.schemacrawler.LoadOptionsBuilder;
import schemacrawler.schemacrawler.SchemaCrawlerOptions;
import schemacrawler.schemacrawler.SchemaCrawlerOptionsBuilder;
import schemacrawler.schemacrawler.SchemaInfoLevelBuilder;
import schemacrawler.tools.utility.SchemaCrawlerUtility;
import us.fatehi.utility.datasource.DatabaseConnectionSource;
import us.fatehi.utility.datasource.DatabaseConnectionSources;
import us.fatehi.utility.datasource.MultiUseUserCredentials;

/** SchemaCrawler at its most curious: every kind of metadata there is. */
class SchemaCrawlerIT {
  private static final Logger ROOT = Logger.getLogger("");

  private final List<LogRecord> log = Collections.synchronizedList(new ArrayList<>());
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          log.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private Office office;
  private Level levelBefore;

  @BeforeEach
  void open() throws IOException {
    office = Office.open();
    levelBefore = ROOT.getLevel();
    ROOT.setLevel(Level.ALL);
    listener.setLevel(Level.ALL);
    ROOT.addHandler(listener);
  }

  @AfterEach
  void close() {
    ROOT.removeHandler(listener);
    ROOT.setLevel(levelBefore);
    office.close();
  }

  private Catalog crawl() {
    SchemaCrawlerOptions options =
        SchemaCrawlerOptionsBuilder.newSchemaCrawlerOptions()
            .withLoadOptions(
                LoadOptionsBuilder.builder()
                    .withSchemaInfoLevel(SchemaInfoLevelBuilder.maximum())
                    .toOptions());
    DatabaseConnectionSource source =
        DatabaseConnectionSources.newDatabaseConnectionSource(
            office.url(), new MultiUseUserCredentials(Office.USER, Office.KEY));
    try (source) {
      return SchemaCrawlerUtility.getCatalog(source, options);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Table table(Catalog catalog, String name) {
    return catalog.getTables().stream()
        .filter(table -> table.getFullName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everythingIsThereWithoutARequest() {
    Catalog catalog = crawl();
    assertThat(log)
        .extracting(LogRecord::getLoggerName)
        .anyMatch(name -> name.startsWith("schemacrawler."));
    assertThat(log)
        .filteredOn(entry -> entry.getThrown() != null)
        .as("exceptions in its log")
        .extracting(LogRecord::getMessage, entry -> entry.getThrown().toString())
        .isEmpty();
    assertThat(log)
        .filteredOn(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .extracting(LogRecord::getMessage)
        .isEmpty();
    assertThat(office.asked()).isEmpty();

    assertThat(catalog.getSchemas())
        .extracting(Schema::getFullName)
        .containsExactlyInAnyOrder("handinger", "turntable");
    Table tasks = table(catalog, "handinger.tasks");
    assertThat(tasks.getRemarks()).isNotEmpty();
    assertThat(tasks.getPrimaryKey().getConstrainedColumns())
        .extracting(NamedObject::getName)
        .containsExactly("id");
    assertThat(tasks.getColumns()).allSatisfy(SchemaCrawlerIT::isDescribed);
    Table turns = table(catalog, "handinger.turns");
    assertThat(turns.getImportedForeignKeys())
        .singleElement()
        .extracting(ForeignKey::getPrimaryKeyTable)
        .isEqualTo(tasks);
    assertThat(catalog.getColumnDataTypes())
        .as("no type is made up")
        .filteredOn(type -> type.getType() == DataTypeType.user_defined)
        .isEmpty();
  }

  private static void isDescribed(Column column) {
    assertThat(column.getRemarks()).as(column.getFullName()).isNotEmpty();
    assertThat(column.getColumnDataType().getName())
        .as(column.getFullName())
        .isIn("VARCHAR", "BIGINT", "TIMESTAMP");
    assertThat(column.getSize()).as(column.getFullName()).isPositive();
  }
}
