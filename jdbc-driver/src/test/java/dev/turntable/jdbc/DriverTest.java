package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DriverTest {
  private static java.util.Map<String, DriverPropertyInfo> infos(String url, Properties properties)
      throws SQLException {
    return Arrays.stream(new TurntableDriver().getPropertyInfo(url, properties))
        .collect(Collectors.toMap(info -> info.name, Function.identity()));
  }

  @Test
  void theDriverIsFoundByItsUrl() throws SQLException {
    Driver driver = DriverManager.getDriver("jdbc:turntable:demo");
    assertThat(driver).isInstanceOf(TurntableDriver.class);
    assertThat(driver.connect("jdbc:other:demo", new Properties())).isNull();
    assertThat(driver.connect(null, null)).isNull();
    assertThat(driver.getParentLogger().getName()).isEqualTo("dev.turntable");
    assertThat(driver.jdbcCompliant()).isFalse();
  }

  @Test
  void aBadUrlIsAnSqlException() {
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:turntable:nix:apiKey=sk_secret"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("unknown source", "known are demo, handinger")
        .hasMessageContaining("handinger")
        .hasMessageNotContaining("sk_secret")
        .extracting("SQLState")
        .isEqualTo("22023");
  }

  @Test
  void propertiesAreOfferedWithChoicesAndDefaults() throws SQLException {
    Properties given = new Properties();
    given.setProperty("maxrequests", "7");
    given.setProperty("apiKey", "sk_secret");
    var infos = infos("jdbc:turntable:handinger:readOnly=true;trustStorePassword=sk_x", given);
    assertThat(infos.get("readOnly").choices).containsExactly("false", "true");
    assertThat(infos.get("readOnly").value).isEqualTo("true");
    assertThat(infos.get("maxRequests").value).isEqualTo("7");
    assertThat(infos.get("maxRetries").value).isEqualTo("4");
    assertThat(infos.get("apiKey").description).contains("HANDINGER_API_KEY");
    assertThat(infos.get("apiKey").required).isFalse();
    assertThat(infos.values())
        .allSatisfy(
            info -> {
              assertThat(info.description).isNotBlank();
              assertThat(String.valueOf(info.value)).doesNotContain("sk_");
            });
  }

  @Test
  void withoutAUrlAllPropertiesAreOffered() throws SQLException {
    assertThat(infos("", null))
        .containsKeys("maxRequests", "handinger.baseUrl", "rightbrain.baseUrl");
    assertThat(infos("jdbc:turntable:demo", null))
        .containsKeys("maxRequests")
        .doesNotContainKeys("apiKey", "baseUrl");
  }

  @Test
  void aDataSourceNeedsItsUrl() {
    TurntableDataSource source = new TurntableDataSource();
    assertThatThrownBy(source::getConnection).extracting("SQLState").isEqualTo("22023");
    source.setUrl("jdbc:turntable:handinger:maxRequests=x");
    assertThatThrownBy(source::getConnection)
        .hasMessageContaining("maxRequests")
        .extracting("SQLState")
        .isEqualTo("22023");
  }
}
