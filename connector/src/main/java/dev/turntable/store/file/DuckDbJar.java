package dev.turntable.store.file;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Finds the jar of DuckDB, of exactly the version that this one was tried with: named by a property, on
 * the class path, among the resources of a class loader, or beside our own jar.
 */
final class DuckDbJar {
  static final String VERSION = "2.0.0.1";

  private static final String ARTIFACT = "org.duckdb:duckdb_jdbc:" + VERSION;
  private static final String FILE = "duckdb_jdbc-" + VERSION + ".jar";
  private static final String CLASS = "org/duckdb/DuckDBNative.class";
  private static final String NATIVE = "libduckdb_java.so_";

  private DuckDbJar() {}

  /**
   * Returns the jar.
   *
   * @param named what a property names, or null
   * @throws TurntableException if there is none of that version and for this platform
   */
  static Path find(@Nullable Path named) {
    if (named != null) {
      String version = version(named);
      if (!VERSION.equals(version)) {
        throw new TurntableException(
            ErrorKind.UNSUPPORTED,
            "storeLibrary has to name the jar of "
                + ARTIFACT
                + (version == null ? ", which it does not" : ", not of version " + version));
      }
      return ofPlatform(named);
    }
    for (Path candidate : candidates()) {
      if (VERSION.equals(version(candidate))) {
        return ofPlatform(candidate);
      }
    }
    throw new TurntableException(
        ErrorKind.UNSUPPORTED,
        "the property store needs "
            + ARTIFACT
            + " ("
            + platform()
            + "): put its jar on the class path or beside the driver's, or name it by the property"
            + " storeLibrary");
  }

  /** Returns the name of the native library in the jar. */
  static String nativeName() {
    return NATIVE + platform();
  }

  private static String platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String name =
        system.startsWith("windows")
            ? "windows"
            : system.startsWith("mac") ? "macos" : system.startsWith("linux") ? "linux" : system;
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return name
        + "_"
        + switch (machine) {
          case "x86_64", "amd64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          default -> machine;
        };
  }

  private static Path ofPlatform(Path jar) {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      if (file.getEntry(nativeName()) == null) {
        throw new TurntableException(
            ErrorKind.UNSUPPORTED,
            "the property store cannot be used here: "
                + ARTIFACT
                + " has no library for "
                + platform());
      }
      return jar;
    } catch (IOException e) {
      throw new TurntableException(ErrorKind.UNSUPPORTED, ARTIFACT + " cannot be read", e);
    }
  }

  private static @Nullable String version(Path jar) {
    if (!Files.isRegularFile(jar)) {
      return null;
    }
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      Manifest manifest = file.getManifest();
      return manifest == null || file.getEntry(CLASS) == null
          ? null
          : manifest.getMainAttributes().getValue("Bundle-Version");
    } catch (IOException e) {
      return null; // no jar, or not readable: none that can be used
    }
  }

  private static List<Path> candidates() {
    List<Path> found = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      if (entry.endsWith(FILE)) {
        found.add(Path.of(entry));
      }
    }
    addResources(DuckDbJar.class.getClassLoader(), found);
    addResources(Thread.currentThread().getContextClassLoader(), found);
    addBeside(found);
    return found;
  }

  private static void addResources(@Nullable ClassLoader loader, List<Path> found) {
    if (loader == null) {
      return;
    }
    try {
      for (URL url : Collections.list(loader.getResources(CLASS))) {
        if (url.openConnection() instanceof JarURLConnection jar
            && jar.getJarFileURL().getProtocol().equals("file")) {
          found.add(Path.of(jar.getJarFileURL().toURI()));
        }
      }
    } catch (IOException | URISyntaxException | IllegalArgumentException e) {
      // A loader that cannot tell where its files are has none that we could open.
    }
  }

  private static void addBeside(List<Path> found) {
    CodeSource source = DuckDbJar.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return;
    }
    try {
      Path directory = Path.of(source.getLocation().toURI()).getParent();
      if (directory != null) {
        found.add(directory.resolve(FILE));
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      // Not from a file, so there is nothing beside it.
    }
  }
}
