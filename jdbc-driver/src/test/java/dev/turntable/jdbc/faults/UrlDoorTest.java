package dev.turntable.jdbc.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.config.CommonProperty;
import dev.turntable.config.Sources;
import dev.turntable.source.PropertyDef;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a URL can do: set the known properties, and nothing else. */
class UrlDoorTest {
  private static final AtomicBoolean SPRUNG = new AtomicBoolean();

  /** A class whose loading somebody would notice. */
  public static final class Trap {
    static {
      SPRUNG.set(true);
    }
  }

  private static final String TRAP = "dev.turntable.jdbc.faults.UrlDoorTest$Trap";

  private static SQLException failure(String url, String... properties) {
    Properties all = new Properties();
    for (int i = 0; i < properties.length; i += 2) {
      all.setProperty(properties[i], properties[i + 1]);
    }
    return catchThrowableOfType(SQLException.class, () -> DriverManager.getConnection(url, all));
  }

  /** A new one must be thought about: may a URL from a stranger set it? */
  @Test
  void thereAreNoOtherProperties() {
    TreeSet<String> names =
        Stream.concat(
                CommonProperty.defs().stream(),
                Sources.known().values().stream().flatMap(source -> source.properties().stream()))
            .map(PropertyDef::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(names)
        .containsExactly(
            "allowHttp",
            "apiKey",
            "baseUrl",
            "clientId",
            "clientSecret",
            "connectTimeout",
            "finalMaxAge",
            "keep",
            "maxAge",
            "maxConcurrentRequests",
            "maxConcurrentWrites",
            "maxRequests",
            "maxRetries",
            "orgId",
            "projectId",
            "proxy",
            "readOnly",
            "requestTimeout",
            "requestsPerSecond",
            "runTimeout",
            "staleIfError",
            "store",
            "storeAccount",
            "storeColumns",
            "storeLibrary",
            "storeMemory",
            "storeWait",
            "taskIds",
            "tokenUrl",
            "trustStore",
            "trustStorePassword",
            "workerIds");
  }

  /**
   * Properties of Calcite, Avatica and other drivers that load classes, run or read what they name.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "model",
        "schemaFactory",
        "schema",
        "schemaType",
        "schema.jdbcUrl",
        "parserFactory",
        "typeSystem",
        "metaTableFactory",
        "metaColumnFactory",
        "fun",
        "lex",
        "conformance",
        "spark",
        "factory",
        "serialization",
        "httpclient_factory",
        "httpclient_impl",
        "truststore_password",
        "keystore",
        "key_password",
        "hostname_verification",
        "authentication",
        "principal",
        "keytab",
        "lb_strategy",
        "driver",
        "driverClassName",
        "className",
        "classpath",
        "jar",
        "plugin",
        "socketFactory",
        "socketFactoryArg",
        "sslfactory",
        "sslhostnameverifier",
        "authenticationPluginClassName",
        "loggerFile",
        "logFile",
        "init",
        "runscript",
        "autoDeserialize",
        "queryInterceptors",
        "allowLoadLocalInfile",
        "verify",
        "insecure",
        "sslMode",
        "trustAll",
        "sql",
        "script",
        "command",
        "handinger.model",
        "x\u0000y",
        "../x"
      })
  void aPropertyOfSomethingElseIsUnknown(String name) {
    SQLException refused = failure("jdbc:turntable:handinger:apiKey=k;" + name + "=" + TRAP);
    assertThat(refused.getSQLState()).isEqualTo("22023");
    assertThat(refused.getMessage()).contains("known are").doesNotContain(TRAP);
    assertThat(SPRUNG).isFalse();
  }

  @Test
  void amongPropertiesItIsIgnoredWithAWarning() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("apiKey", "key-of-nobody");
    properties.setProperty("schemaFactory", TRAP);
    properties.setProperty("model", "inline:{}");
    properties.setProperty("typeSystem", TRAP);
    properties.put("parserFactory", new Object());
    try (Connection connection =
        DriverManager.getConnection("jdbc:turntable:handinger", properties)) {
      TreeSet<String> warned = new TreeSet<>();
      for (SQLWarning warning = connection.getWarnings();
          warning != null;
          warning = warning.getNextWarning()) {
        assertThat(warning.getMessage()).doesNotContain(TRAP, "inline");
        warned.add(warning.getMessage().replaceAll(".*\"(\\w+)\".*", "$1"));
      }
      assertThat(warned).containsExactly("model", "schemaFactory", "typeSystem");
    }
    assertThat(SPRUNG).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:turntable:" + TRAP,
        "jdbc:turntable:dev.turntable.jdbc.faults.UrlDoorTest$Trap:apiKey=k",
        "jdbc:turntable:handinger+" + TRAP + ":apiKey=k",
        "jdbc:turntable:file",
        "jdbc:turntable:../../etc",
        "jdbc:turntable:http://x.invalid",
        "jdbc:turntable:",
        "jdbc:turntable::apiKey=k",
      })
  void aSourceIsOneOfThoseThatAreThere(String url) {
    assertThat(failure(url).getSQLState()).isEqualTo("22023");
    assertThat(SPRUNG).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "baseUrl=file:///etc/passwd",
        "baseUrl=jar:file:///x.jar!/y",
        "baseUrl=ldap://x.invalid/a",
        "baseUrl=https://user:hunter2@x.invalid",
        "baseUrl=http://x.invalid",
        "baseUrl=http://127.0.0.1:1;proxy=x.invalid:3128",
        "proxy=http://user:hunter2@x.invalid:1",
        "proxy=user:hunter2@x.invalid:1",
        "proxy=ftp://x.invalid:1",
        "proxy=x.invalid",
        "trustStore=/dev/zero",
        "allowHttp=hunter2",
        "taskIds=@/dev/zero",
        "taskIds=@/etc/passwd",
        "taskIds=@/proc/self/environ",
        "taskIds=@/etc",
        "taskIds=../hunter2",
      })
  void anAddressOrFileThatIsNoneIsRefused(String setting) {
    SQLException refused =
        failure("jdbc:turntable:handinger:" + setting, "apiKey", "key-of-nobody");
    assertThat(refused.getSQLState()).as(setting).isEqualTo("22023");
    assertThat(text(refused)).doesNotContain("hunter2", "root:", "key-of-nobody");
  }

  @Test
  void whatToolsAreShownHoldsNoSecret() throws SQLException {
    String url =
        "jdbc:turntable:rightbrain:apiKey=hunter2-key;clientSecret=hunter2-secret;orgId=o;"
            + "trustStorePassword=hunter2-trust;baseUrl=https://me:hunter2@x.invalid;"
            + "proxy=me:hunter2@x.invalid:1;password=hunter2-password";
    Properties properties = new Properties();
    properties.setProperty("apiKey", "hunter2-key");
    properties.setProperty("tokenUrl", "https://me:hunter2@x.invalid/");
    Driver driver = DriverManager.getDriver(url);
    for (DriverPropertyInfo info : driver.getPropertyInfo(url, properties)) {
      assertThat(info.name + " " + info.value + " " + info.description).doesNotContain("hunter2");
      if (info.name.equals("orgId")) {
        assertThat(info.value).isEqualTo("o");
      }
    }
    assertThat(text(failure(url))).doesNotContain("hunter2");
  }

  @Test
  void theUrlOfAConnectionHoldsNoSecret() throws SQLException {
    String url =
        "jdbc:turntable:handinger+rightbrain:handinger.apiKey=hunter2-key;"
            + "rightbrain.clientId=me;RIGHTBRAIN.CLIENTSECRET=\"hunter2;\"\"secret\";"
            + "trustStorePassword=hunter2-trust;readOnly=true";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT name, \"value\" FROM turntable.properties")) {
      assertThat(connection.getMetaData().getURL())
          .doesNotContain("hunter2")
          .contains("handinger.apiKey=****", "readOnly=true");
      assertThat(connection + " " + connection.getMetaData()).doesNotContain("hunter2");
      int masked = 0;
      while (rows.next()) {
        assertThat(rows.getString(2)).doesNotContain("hunter2");
        masked += rows.getString(2).equals("****") ? 1 : 0;
      }
      assertThat(masked).isEqualTo(3);
    }
  }

  private static String text(Throwable failure) {
    java.io.StringWriter text = new java.io.StringWriter();
    failure.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }

  @Test
  void aPropertyIsNeverAFileToRun() {
    assertThat(Sources.known().values().stream().flatMap(source -> source.properties().stream()))
        .filteredOn(def -> def.type() == PropertyDef.Type.LIST_OR_FILE)
        .extracting(PropertyDef::name)
        .isEqualTo(List.of("taskIds"));
  }
}
