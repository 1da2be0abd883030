package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service that is added from outside: the toy example, compiled with nothing but the driver's jar,
 * is found in a jar beside it.
 */
class ThirdServiceIT {
  private static final Path JAR = Path.of(System.getProperty("turntable.jar"));
  private static final Path EXAMPLES = Path.of("..", "examples", "src", "main");
  private static final Path TOYS = Path.of("java", "dev", "turntable", "examples", "toys");
  private static final Path SERVICES =
      Path.of("META-INF", "services", "dev.turntable.source.TaskSourceProvider");

  /** The archived order is in no list; the deliveries name it. */
  private static final String ARCHIVED =
      "SELECT d.id, o.toy FROM orders o LEFT JOIN deliveries d ON o.id = d.order_id WHERE d.id = '1'"
          + " OR o.minutes > 60";

  @TempDir Path folder;

  private Path toys;

  /** All but the package's annotations, which are of a library that is not published. */
  @BeforeEach
  void packToys() throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(List.of("-d", classes.toString(), "-cp", JAR.toString(), "-proc:none"));
    for (Path source : files(EXAMPLES.resolve(TOYS))) {
      if (!source.endsWith("package-info.java")) {
        arguments.add(source.toString());
      }
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).isZero();
    Path services = classes.resolve(SERVICES);
    Files.createDirectories(services.getParent());
    Files.copy(EXAMPLES.resolve("resources").resolve(SERVICES), services);
    toys = folder.resolve("toys.jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(toys))) {
      for (Path file : files(classes)) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        jar.putNextEntry(new JarEntry(name));
        Files.copy(file, jar);
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void isFoundBesideTheDriver() throws Exception {
    URL[] urls = {JAR.toUri().toURL(), toys.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Driver driver = ServiceLoader.load(Driver.class, loader).findFirst().orElseThrow();
      Class<?> server = loader.loadClass("dev.turntable.examples.toys.ToyServer");
      try (AutoCloseable workshop =
          (AutoCloseable) server.getMethod("start", int.class).invoke(null, 25)) {
        String url = "jdbc:turntable:toys:baseUrl=" + server.getMethod("url").invoke(workshop);
        try (Connection connection = driver.connect(url, new Properties())) {
          assertThat(rows(connection, "SELECT id, toy FROM orders WHERE id IN ('7', '99', 'x')"))
              .containsExactly("7 kite");
          assertThat(rows(connection, "SELECT COUNT(*), SUM(minutes) FROM toys.orders"))
              .containsExactly("25 730");
          assertThat(rows(connection, "SELECT status, COUNT(*) FROM turntable.requests GROUP BY 1"))
              .containsExactlyInAnyOrder("200 4", "404 1");
          assertThat(connection.isValid(5)).isTrue();
          server.getMethod("archive", int.class).invoke(workshop, 5);
          assertThat(rows(connection, ARCHIVED)).containsExactly("1 train");
          assertThat(rows(connection, "EXPLAIN " + ARCHIVED))
              .anyMatch(line -> line.strip().equals("known ids only"));
          assertThat(warnings(connection, ARCHIVED))
              .singleElement()
              .asString()
              .contains("toys.orders shows", "leaves out archived orders", "by id");
          assertThat(rows(connection, "EXPLAIN PLAN FOR SELECT * FROM orders WHERE id = '7'"))
              .anyMatch(line -> line.contains("GET /orders/{id} x 1 (exact)"));
        }
      }
    }
  }

  /** Returns what is told when a query starts. */
  private static List<String> warnings(Connection connection, String sql) throws SQLException {
    List<String> warnings = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      for (SQLWarning each = statement.getWarnings(); each != null; each = each.getNextWarning()) {
        warnings.add(each.getMessage());
      }
      assertThat(result.isClosed()).as("they are told before a row is read").isFalse();
    }
    return warnings;
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(String.join(" ", row));
      }
    }
    return rows;
  }
}
