package dev.turntable.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which jar of DuckDB is taken, and what is said of one that is not. */
final class DuckDbJarTest {
  private static final String CLASS = "org/duckdb/DuckDBNative.class";

  @TempDir Path temp;

  private Path jar(String version, String... entries) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (version != null) {
      manifest.getMainAttributes().putValue("Bundle-Version", version);
    }
    Path jar = Files.createTempFile(temp, "duckdb", ".jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (String entry : entries) {
        out.putNextEntry(new JarEntry(entry));
      }
    }
    return jar;
  }

  private static String refused(Path named) {
    TurntableException failure =
        catchThrowableOfType(TurntableException.class, () -> DuckDbJar.find(named));
    assertThat(failure).as("a refusal").isNotNull();
    assertThat(failure.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
    return failure.getMessage();
  }

  @Test
  void oneOfTheVersionAndThePlatform() throws IOException {
    Path jar = jar(DuckDbJar.VERSION, CLASS, DuckDbJar.nativeName());
    assertThat(DuckDbJar.find(jar)).isEqualTo(jar);
  }

  @Test
  void whatIsNone() throws IOException {
    String none =
        "storeLibrary has to name the jar of org.duckdb:duckdb_jdbc:2.0.0.1, which it does not";
    assertThat(refused(temp.resolve("missing.jar"))).isEqualTo(none);
    assertThat(refused(temp)).isEqualTo(none);
    assertThat(refused(Files.writeString(temp.resolve("text.jar"), "no jar"))).isEqualTo(none);
    assertThat(refused(jar(DuckDbJar.VERSION, "other/Driver.class"))).isEqualTo(none);
    assertThat(refused(jar(null, CLASS, DuckDbJar.nativeName()))).isEqualTo(none);
    Path withoutManifest = temp.resolve("plain.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(withoutManifest))) {
      out.putNextEntry(new JarEntry(CLASS));
    }
    assertThat(refused(withoutManifest)).isEqualTo(none);
  }

  @Test
  void oneOfAnotherVersion() throws IOException {
    assertThat(refused(jar("1.4.0", CLASS, DuckDbJar.nativeName())))
        .endsWith("org.duckdb:duckdb_jdbc:2.0.0.1, not of version 1.4.0");
  }

  @ParameterizedTest
  @CsvSource({
    "Linux,amd64,linux_amd64",
    "Linux,x86_64,linux_amd64",
    "Linux,aarch64,linux_arm64",
    "Mac OS X,ARM64,macos_arm64",
    "WINDOWS 11,amd64,windows_amd64",
    "plan9,mips,plan9_mips"
  })
  void oneForAnotherPlatform(String system, String machine, String platform) throws IOException {
    Path jar = jar(DuckDbJar.VERSION, CLASS, "libduckdb_java.so_of_nobody");
    String name = System.getProperty("os.name");
    String arch = System.getProperty("os.arch");
    try {
      System.setProperty("os.name", system);
      System.setProperty("os.arch", machine);
      assertThat(DuckDbJar.nativeName()).isEqualTo("libduckdb_java.so_" + platform);
      assertThat(refused(jar))
          .isEqualTo(
              "the property store cannot be used here: org.duckdb:duckdb_jdbc:2.0.0.1 has no library"
                  + " for "
                  + platform);
    } finally {
      System.setProperty("os.name", name);
      System.setProperty("os.arch", arch);
    }
  }

  @Test
  void oneOfTheClassPathOrOfTheContextClassLoader() throws IOException {
    Path named = temp.resolve("duckdb_jdbc-" + DuckDbJar.VERSION + ".jar");
    Files.move(jar(DuckDbJar.VERSION, CLASS, DuckDbJar.nativeName()), named);
    String classPath = System.getProperty("java.class.path");
    try {
      System.setProperty("java.class.path", temp + System.getProperty("path.separator") + named);
      assertThat(DuckDbJar.find(null)).isEqualTo(named);
    } finally {
      System.setProperty("java.class.path", classPath);
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    Path other = jar(DuckDbJar.VERSION, CLASS, DuckDbJar.nativeName());
    try (URLClassLoader loader = new URLClassLoader(new URL[] {other.toUri().toURL()}, null)) {
      thread.setContextClassLoader(loader);
      assertThat(DuckDbJar.find(null)).isEqualTo(other);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
