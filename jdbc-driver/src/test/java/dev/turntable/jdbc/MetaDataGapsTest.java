package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The gaps of metadata. Only what concerns {@code rightbrain_runs} may send a request. */
final class MetaDataGapsTest extends DemoServicesTest {
  private static final String TASKS = "tasks";

  @AfterEach
  void sendsNothing() {
    assertThat(services.sent()).isZero();
  }

  @Test
  @DisplayName("getPrimaryKeys, getIndexInfo, getBestRowIdentifier")
  void keys() throws SQLException {
    assertThat(
            Services.column(metaData().getPrimaryKeys(null, "handinger", "turns"), "COLUMN_NAME"))
        .containsExactly("id");
    assertThat(
            Services.column(
                metaData().getIndexInfo(null, "handinger", TASKS, false, true), "COLUMN_NAME"))
        .containsExactly("id");
    assertThat(
            Services.column(
                metaData()
                    .getBestRowIdentifier(
                        null, "handinger", TASKS, DatabaseMetaData.bestRowSession, false),
                "COLUMN_NAME"))
        .containsExactly("id");
  }

  @Test
  @DisplayName("getImportedKeys, getExportedKeys, getCrossReference")
  void foreignKeys() throws SQLException {
    assertThat(
            Services.column(
                metaData().getImportedKeys(null, "handinger", "turns"), "FKCOLUMN_NAME"))
        .contains("task_id");
    assertThat(
            Services.column(metaData().getExportedKeys(null, "handinger", TASKS), "FKTABLE_NAME"))
        .contains("turns");
    assertThat(
            Services.column(
                metaData().getCrossReference(null, "handinger", TASKS, null, "handinger", "turns"),
                "PKCOLUMN_NAME"))
        .containsExactly("id");
  }

  @Test
  @DisplayName("what there is none of is an empty result of the right shape")
  void empty() throws SQLException {
    DatabaseMetaData data = metaData();
    assertThat(Services.column(data.getVersionColumns(null, "handinger", TASKS), "COLUMN_NAME"))
        .isEmpty();
    assertThat(Services.column(data.getProcedures(null, null, "%"), "PROCEDURE_NAME")).isEmpty();
    assertThat(Services.column(data.getProcedureColumns(null, null, "%", "%"), "COLUMN_NAME"))
        .isEmpty();
    assertThat(Services.column(data.getUDTs(null, null, "%", null), "TYPE_NAME")).isEmpty();
    assertThat(Services.column(data.getAttributes(null, null, "%", "%"), "ATTR_NAME")).isEmpty();
    assertThat(Services.column(data.getTablePrivileges(null, "handinger", TASKS), "GRANTEE"))
        .isEmpty();
    assertThat(Services.column(data.getColumnPrivileges(null, "handinger", TASKS, "%"), "GRANTEE"))
        .isEmpty();
    assertThat(Services.column(data.getSuperTables(null, "handinger", TASKS), "SUPERTABLE_NAME"))
        .isEmpty();
    assertThat(Services.column(data.getSuperTypes(null, null, "%"), "SUPERTYPE_NAME")).isEmpty();
    assertThat(Services.column(data.getPseudoColumns(null, null, "%", "%"), "COLUMN_NAME"))
        .isEmpty();
    try (ResultSet info = data.getClientInfoProperties()) {
      assertThat(info.getMetaData().getColumnLabel(1)).isEqualTo("NAME");
    }
  }

  @Test
  @DisplayName("getFunctions lists functions that the SQL knows, none of a planner's own")
  void functions() throws SQLException {
    List<String> names = Services.column(metaData().getFunctions(null, null, "%"), "FUNCTION_NAME");
    assertThat(names).contains("UCASE", "CONCAT").noneMatch(name -> name.startsWith("$"));
    assertThat(Services.column(metaData().getFunctionColumns(null, null, "%", "%"), "COLUMN_NAME"))
        .isEmpty();
  }

  @Test
  @DisplayName("getTableTypes has the type of every table")
  void tableTypes() throws SQLException {
    List<String> types = Services.column(metaData().getTableTypes(), "TABLE_TYPE");
    for (String schema : List.of("handinger", "rightbrain", "turntable")) {
      assertThat(types)
          .containsAll(
              Services.column(metaData().getTables(null, schema, "%", null), "TABLE_TYPE"));
    }
  }

  @Test
  @DisplayName("there is no schema called metadata; patterns match names in any case, and escapes")
  void patterns() throws SQLException {
    assertThat(Services.column(metaData().getSchemas(), "TABLE_SCHEM"))
        .containsExactly("handinger", "rightbrain", "rightbrain_runs", "turntable");
    for (String pattern : new String[] {"tasks", "TASKS", "Tas%", "t_sks", null, "%"}) {
      assertThat(
              Services.column(metaData().getTables(null, "handinger", pattern, null), "TABLE_NAME"))
          .as(pattern)
          .contains(TASKS);
    }
    String escaped = "webhook" + metaData().getSearchStringEscape() + "_executions";
    assertThat(
            Services.column(metaData().getTables(null, "HANDINGER", escaped, null), "TABLE_NAME"))
        .containsExactly("webhook_executions");
    assertThat(
            Services.column(
                metaData().getTables(null, "handinger", "webhook\\%", null), "TABLE_NAME"))
        .isEmpty();
  }

  @Test
  @DisplayName("no catalog is echoed")
  void catalogs() throws SQLException {
    for (String catalog : new String[] {"", "%", "anything"}) {
      assertThat(
              Services.column(metaData().getTables(catalog, "handinger", TASKS, null), "TABLE_CAT"))
          .containsOnlyNulls();
      assertThat(Services.column(metaData().getSchemas(catalog, "handinger"), "TABLE_CATALOG"))
          .containsOnlyNulls();
    }
  }

  @Test
  @DisplayName("the version of JDBC is 4.3")
  void version() throws SQLException {
    assertThat(metaData().getJDBCMajorVersion()).isEqualTo(4);
    assertThat(metaData().getJDBCMinorVersion()).isEqualTo(3);
  }

  @Test
  @DisplayName("*AreVisible, *AreDetected and supportsResultSetHoldability answer")
  void answers() throws SQLException {
    DatabaseMetaData data = metaData();
    int type = ResultSet.TYPE_FORWARD_ONLY;
    assertThat(
            List.of(
                data.ownUpdatesAreVisible(type),
                data.ownDeletesAreVisible(type),
                data.ownInsertsAreVisible(type),
                data.othersUpdatesAreVisible(type),
                data.othersDeletesAreVisible(type),
                data.othersInsertsAreVisible(type),
                data.updatesAreDetected(type),
                data.deletesAreDetected(type),
                data.insertsAreDetected(type)))
        .containsOnly(false);
    assertThat(data.supportsResultSetHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT)).isTrue();
  }

  @Test
  @DisplayName("getURL shows no key")
  void url() throws SQLException {
    Properties secret = new Properties();
    secret.setProperty("handinger.apiKey", "hdg_live_never_shown");
    try (Connection other = services.connect(secret)) {
      assertThat(other.getMetaData().getURL())
          .startsWith("jdbc:turntable:")
          .doesNotContain("never_shown");
    }
  }
}
