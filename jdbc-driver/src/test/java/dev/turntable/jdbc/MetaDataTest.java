package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.jdbc.result.Columns;
import java.sql.DatabaseMetaData;
import java.sql.JDBCType;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaDataTest {
  private final FakeEngine engine = new FakeEngine();
  private final TurntableConnection connection = engine.connect();
  private DatabaseMetaData metaData;

  @BeforeEach
  void open() throws SQLException {
    metaData = connection.getMetaData();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** Reads some columns of all rows, joined by a space. */
  private static List<String> read(ResultSet rows, String... columns) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        List<String> cells = new ArrayList<>();
        for (String column : columns) {
          cells.add(rows.getString(column));
        }
        lines.add(String.join(" ", cells));
      }
    }
    return lines;
  }

  @Test
  void thereAreNoCatalogs() throws SQLException {
    assertThat(read(metaData.getCatalogs(), "TABLE_CAT")).isEmpty();
    assertThat(metaData.supportsCatalogsInDataManipulation()).isFalse();
    assertThat(metaData.supportsCatalogsInTableDefinitions()).isFalse();
    assertThat(metaData.supportsCatalogsInIndexDefinitions()).isFalse();
    assertThat(metaData.supportsCatalogsInPrivilegeDefinitions()).isFalse();
    assertThat(metaData.supportsCatalogsInProcedureCalls()).isFalse();
    for (String catalog : new String[] {null, "", "%", "handinger"}) {
      assertThat(read(metaData.getTables(catalog, "handinger", "tasks", null), "TABLE_CAT"))
          .containsExactly("null");
    }
  }

  @Test
  void schemasAreListed() throws SQLException {
    assertThat(read(metaData.getSchemas(), "TABLE_SCHEM"))
        .containsExactly("handinger", "lazy_runs", "turntable");
    assertThat(read(metaData.getSchemas(null, "HAND%"), "TABLE_SCHEM"))
        .containsExactly("handinger");
    assertThat(engine.lazyLoads).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "handinger,%,2",
    "HANDINGER,TASKS,1",
    "handinger,t%s,2",
    "handinger,t___s,2",
    "handinger,t\\%s,0",
    "lazy\\_runs,Köln\\%\\_1,1",
    "lazy_runs,KÖLN%,1",
    "nix,%,0",
    ",%,4",
    ",,4",
    "'',%,0"
  })
  void patternsIgnoreCaseAndKnowEscapes(String schema, String table, int count)
      throws SQLException {
    assertThat(read(metaData.getTables(null, schema, table, null), "TABLE_NAME")).hasSize(count);
  }

  @Test
  void tablesHaveTheirTypeAndRemarks() throws SQLException {
    assertThat(
            read(
                metaData.getTables(null, null, "%", null),
                "TABLE_TYPE",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "REMARKS"))
        .containsExactly(
            "SYSTEM TABLE turntable requests The requests.",
            "TABLE handinger tasks The tasks.",
            "TABLE handinger turns The turns.",
            "TABLE lazy_runs Köln%_1 The Köln%_1.");
    assertThat(read(metaData.getTableTypes(), "TABLE_TYPE"))
        .containsExactly("SYSTEM TABLE", "TABLE");
    assertThat(read(metaData.getTables(null, null, "%", new String[] {"table"}), "TABLE_NAME"))
        .hasSize(3);
    assertThat(read(metaData.getTables(null, null, "%", new String[] {"VIEW"}), "TABLE_NAME"))
        .isEmpty();
  }

  @Test
  void onlyWhatConcernsALazySchemaLoadsIt() throws SQLException {
    metaData.getTables(null, "handinger", "%", null).close();
    metaData.getColumns(null, "handinger", "tasks", "%").close();
    metaData.getPrimaryKeys(null, "handinger", "tasks").close();
    metaData.getIndexInfo(null, "handinger", "tasks", true, true).close();
    metaData.getExportedKeys(null, null, "tasks").close();
    metaData.getTables(null, null, "%", new String[] {"VIEW"}).close();
    metaData.getTypeInfo().close();
    assertThat(engine.lazyLoads).hasValue(0);
    metaData.getColumns(null, "lazy%", "%", "%").close();
    assertThat(engine.lazyLoads).hasValue(1);
  }

  @Test
  void columnsAreComplete() throws SQLException {
    assertThat(
            read(
                metaData.getColumns(null, "handinger", "TASKS", "%"),
                "COLUMN_NAME",
                "DATA_TYPE",
                "TYPE_NAME",
                "COLUMN_SIZE",
                "DECIMAL_DIGITS",
                "NUM_PREC_RADIX",
                "NULLABLE",
                "IS_NULLABLE",
                "REMARKS",
                "CHAR_OCTET_LENGTH",
                "ORDINAL_POSITION",
                "IS_AUTOINCREMENT",
                "IS_GENERATEDCOLUMN"))
        .containsExactly(
            "id 12 VARCHAR 65535 null null 0 NO The id. 262140 1 NO NO",
            "price 3 DECIMAL 18 6 10 1 YES In credits. null 2 NO NO");
    assertThat(
            read(
                metaData.getColumns(null, null, "tasks", "PR%"), "COLUMN_NAME", "ORDINAL_POSITION"))
        .containsExactly("price 2");
  }

  @Test
  void theOrdinalPositionIsThatInTheTable() throws SQLException {
    assertThat(
            read(
                metaData.getColumns(null, "handinger", "t%", "%"),
                "TABLE_NAME",
                "COLUMN_NAME",
                "ORDINAL_POSITION"))
        .containsExactly("tasks id 1", "tasks price 2", "turns id 1", "turns price 2");
  }

  @Test
  void keysAreThere() throws SQLException {
    assertThat(
            read(
                metaData.getPrimaryKeys("", null, "Tasks"),
                "TABLE_SCHEM",
                "COLUMN_NAME",
                "KEY_SEQ",
                "PK_NAME"))
        .containsExactly("handinger id 1 tasks_pk");
    assertThat(
            read(
                metaData.getIndexInfo(null, null, "tasks", false, true),
                "NON_UNIQUE",
                "INDEX_NAME",
                "TYPE",
                "ORDINAL_POSITION",
                "COLUMN_NAME"))
        .containsExactly("false tasks_pk 3 1 id");
    assertThat(
            read(
                metaData.getBestRowIdentifier(null, null, "tasks", 2, true),
                "SCOPE",
                "COLUMN_NAME",
                "PSEUDO_COLUMN"))
        .containsExactly("2 id 1");
    String reference = "handinger tasks id handinger turns id 1";
    String[] columns = {
      "PKTABLE_SCHEM",
      "PKTABLE_NAME",
      "PKCOLUMN_NAME",
      "FKTABLE_SCHEM",
      "FKTABLE_NAME",
      "FKCOLUMN_NAME",
      "KEY_SEQ"
    };
    assertThat(read(metaData.getImportedKeys(null, null, "turns"), columns))
        .containsExactly(reference);
    assertThat(read(metaData.getExportedKeys(null, null, "tasks"), columns))
        .containsExactly(reference);
    assertThat(read(metaData.getCrossReference(null, null, "tasks", null, null, "turns"), columns))
        .containsExactly(reference);
    assertThat(read(metaData.getImportedKeys(null, null, "tasks"), columns)).isEmpty();
  }

  @Test
  void theTypesAreFewAndOrdered() throws SQLException {
    assertThat(read(metaData.getTypeInfo(), "TYPE_NAME", "DATA_TYPE", "PRECISION", "SEARCHABLE"))
        .containsExactly(
            "BIGINT -5 19 2",
            "DECIMAL 3 38 2",
            "INTEGER 4 10 2",
            "DOUBLE 8 15 2",
            "VARCHAR 12 65535 3",
            "BOOLEAN 16 1 2",
            "DATE 91 10 2",
            "TIME 92 12 2",
            "TIMESTAMP 93 23 2");
  }

  @Test
  void namesKeepTheirCase() throws SQLException {
    assertThat(metaData.storesMixedCaseIdentifiers()).isTrue();
    assertThat(metaData.storesUpperCaseIdentifiers()).isFalse();
    assertThat(metaData.supportsMixedCaseQuotedIdentifiers()).isTrue();
    assertThat(metaData.getIdentifierQuoteString()).isEqualTo("\"");
    assertThat(metaData.nullsAreSortedHigh()).isTrue();
    assertThat(metaData.supportsTransactions()).isFalse();
    assertThat(metaData.supportsGetGeneratedKeys()).isTrue();
    assertThat(metaData.supportsResultSetType(ResultSet.TYPE_SCROLL_INSENSITIVE)).isTrue();
    assertThat(metaData.supportsResultSetType(ResultSet.TYPE_SCROLL_SENSITIVE)).isFalse();
    assertThat(metaData.supportsConvert(Types.VARCHAR, Types.INTEGER)).isTrue();
    assertThat(metaData.supportsConvert(Types.BOOLEAN, Types.DATE)).isFalse();
    assertThat(metaData.getURL()).isEqualTo("jdbc:turntable:fake");
    assertThat(metaData.getDatabaseProductName()).isEqualTo("Turntable");
    assertThat(metaData.getDriverVersion()).startsWith("0.1.0");
    assertThat(metaData.getSQLKeywords()).contains("VALUES").doesNotContain("STATUS");
  }

  @Test
  void resultColumnsAreDescribed() throws SQLException {
    engine.columns =
        List.of(
            FakeEngine.column("id", JDBCType.BIGINT),
            FakeEngine.column("name", JDBCType.VARCHAR),
            Columns.of("n", JDBCType.TIMESTAMP),
            new ColumnInfo(
                "k",
                new ColumnInfo.Origin(null, "tasks", "k", true),
                JDBCType.BIGINT,
                0,
                0,
                false));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("rows")) {
      ResultSetMetaData columns = rows.getMetaData();
      assertThat(columns.getTableName(1)).isEqualTo("tasks");
      assertThat(columns.getSchemaName(1)).isEqualTo("handinger");
      assertThat(columns.getCatalogName(1)).isEmpty();
      assertThat(columns.getTableName(3)).isEmpty();
      assertThat(columns.isSearchable(1)).isTrue();
      assertThat(columns.isSigned(1)).isTrue();
      assertThat(columns.isSigned(2)).isFalse();
      assertThat(columns.isWritable(2)).isTrue();
      assertThat(columns.isReadOnly(1)).isTrue();
      assertThat(columns.isNullable(1)).isEqualTo(ResultSetMetaData.columnNullable);
      assertThat(columns.isNullable(4)).isEqualTo(ResultSetMetaData.columnNoNulls);
      for (int i = 1; i <= 3; i++) {
        assertThat(columns.getPrecision(i)).isPositive();
        assertThat(columns.getColumnDisplaySize(i)).isPositive();
      }
      assertThat(columns.getColumnClassName(1)).isEqualTo("java.lang.Long");
      assertThat(columns.getColumnClassName(3)).isEqualTo("java.sql.Timestamp");
    }
  }

  @Test
  void namesAreQuotedWhereTheyHaveToBe() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.enquoteIdentifier("status", false)).isEqualTo("status");
      assertThat(statement.enquoteIdentifier("values", false)).isEqualTo("\"values\"");
      assertThat(statement.enquoteIdentifier("a\"b", false)).isEqualTo("\"a\"\"b\"");
      assertThat(statement.enquoteLiteral("it's")).isEqualTo("'it''s'");
    }
  }
}
