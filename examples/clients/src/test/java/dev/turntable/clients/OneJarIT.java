package dev.turntable.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver of these tests is the jar that users get, and brings nothing beside it. */
class OneJarIT {
  @Test
  void theDriverComesFromTheJar() throws SQLException, URISyntaxException {
    Driver driver = DriverManager.getDriver("jdbc:turntable:handinger");
    assertThat(driver.getClass().getName()).isEqualTo(Office.DRIVER);
    Path place =
        Path.of(driver.getClass().getProtectionDomain().getCodeSource().getLocation().toURI());
    assertThat(place).isRegularFile();
    assertThat(place.getFileName().toString()).matches("turntable-jdbc-.*\\.jar");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.google.common.collect.ImmutableList",
        "com.squareup.moshi.Moshi",
        "okhttp3.OkHttpClient",
        "org.apache.calcite.jdbc.Driver",
        "retrofit2.Retrofit"
      })
  void whatTheDriverIsBuiltOnIsHidden(String name) {
    assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void nothingButTheJarBringsOurClasses() {
    List<String> ours =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(Files::exists)
            .map(entry -> entry.getFileName().toString())
            .filter(name -> name.startsWith("turntable") || name.equals("classes"))
            .toList();
    assertThat(ours).singleElement().asString().endsWith(".jar");
  }
}
