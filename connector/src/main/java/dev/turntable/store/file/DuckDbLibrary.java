package dev.turntable.store.file;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/**
 * The library of DuckDB, loaded once in this process and by nobody's class loader but its own: never
 * registered as a driver, and beside whatever other version the application has.
 *
 * <p>It is unpacked once per store, classes without the native library and that beside them: so DuckDB
 * finds it there and copies nothing into the temporary directory, which may forbid to run what is in it.
 */
final class DuckDbLibrary {
  /** JMX is where classes of different loaders of ours find each other. */
  private static final String SHARED = "dev.turntable:type=DuckDB,version=" + DuckDbJar.VERSION;

  private static final String CLASSES = "duckdb-" + DuckDbJar.VERSION + ".jar";

  private static @Nullable ClassLoader unshared;

  private DuckDbLibrary() {}

  /**
   * Opens a database in memory.
   *
   * @param jar where the library is, if this process has not loaded it
   */
  static Connection connect(Path jar, StorePaths paths) throws SQLException {
    try {
      return (Connection)
          Class.forName("org.duckdb.DuckDBConnection", true, loader(jar, paths))
              .getMethod("newConnection", String.class, boolean.class, Properties.class)
              .invoke(null, "jdbc:duckdb:", false, new Properties());
    } catch (InvocationTargetException e) {
      throw failure(e);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw unusable(e);
    }
  }

  /** Opens a further connection to the same database. */
  static Connection duplicate(Connection connection) throws SQLException {
    try {
      return (Connection) connection.getClass().getMethod("duplicate").invoke(connection);
    } catch (InvocationTargetException e) {
      throw failure(e);
    } catch (ReflectiveOperationException e) {
      throw unusable(e);
    }
  }

  /** Ends what a connection is doing, if it is doing anything; what it does next goes on. */
  static void interrupt(Connection connection) throws SQLException {
    try {
      // Its own cancel() belongs to a statement, and does nothing before that has begun.
      Method interrupt = connection.getClass().getDeclaredMethod("interrupt");
      interrupt.setAccessible(true);
      Field lock = connection.getClass().getDeclaredField("connRefLock");
      lock.setAccessible(true);
      Lock open = (Lock) lock.get(connection);
      open.lock();
      try {
        interrupt.invoke(connection);
      } finally {
        open.unlock();
      }
    } catch (InvocationTargetException e) {
      throw failure(e);
    } catch (ReflectiveOperationException e) {
      throw unusable(e);
    }
  }

  /** Returns what a method of the library failed with, to be thrown. */
  private static TurntableException failure(InvocationTargetException e) throws SQLException {
    if (e.getCause() instanceof SQLException failure) {
      throw failure;
    }
    return unusable(e.getCause());
  }

  private static TurntableException unusable(@Nullable Throwable cause) {
    return new TurntableException(
        ErrorKind.UNSUPPORTED, "the library of DuckDB cannot be used here: " + cause, cause);
  }

  private static ClassLoader loader(Path jar, StorePaths paths) {
    synchronized (SHARED.intern()) { // the same text for all class loaders
      try {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName(SHARED);
        if (!server.isRegistered(name)) {
          Future<Object> loader = CompletableFuture.completedFuture(load(jar, paths));
          // Only classes of the JDK, so that nobody's classes are kept by it.
          server.registerMBean(new StandardMBean(loader, erased(), false), name);
        }
        return (ClassLoader) server.invoke(name, "get", new Object[0], new String[0]);
      } catch (NoClassDefFoundError e) {
        // A runtime without the module java.management: what other classes of ours loaded is not
        // found.
        return unshared(jar, paths);
      } catch (JMException e) {
        throw unusable(e);
      } catch (IOException e) {
        throw StoreErrors.of(paths.directory(), e);
      }
    }
  }

  private static ClassLoader unshared(Path jar, StorePaths paths) {
    try {
      ClassLoader known = unshared;
      if (known == null) {
        known = load(jar, paths);
        unshared = known;
      }
      return known;
    } catch (IOException e) {
      throw StoreErrors.of(paths.directory(), e);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // a class literal has no type arguments
  private static Class<Future<Object>> erased() {
    return (Class) Future.class;
  }

  private static ClassLoader load(Path jar, StorePaths paths) throws IOException {
    Path classes = paths.library().resolve(CLASSES);
    Path library = paths.library().resolve(DuckDbJar.nativeName());
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      JarEntry entry = file.getJarEntry(DuckDbJar.nativeName());
      if (!Files.exists(library) || Files.size(library) != entry.getSize()) {
        whole(
            library,
            draft ->
                Files.copy(file.getInputStream(entry), draft, StandardCopyOption.REPLACE_EXISTING));
        paths.makeRunnable(library);
      }
      if (!Files.exists(classes)) {
        whole(classes, draft -> copyClasses(file, draft));
        paths.makeRunnable(classes);
      }
    }
    return new URLClassLoader(
        "turntable-duckdb",
        new URL[] {classes.toUri().toURL()},
        ClassLoader.getPlatformClassLoader());
  }

  @FunctionalInterface
  private interface Writer {
    void write(Path draft) throws IOException;
  }

  /** Another process may do the same, or this one be killed: the file is whole once it has its name. */
  private static void whole(Path file, Writer writer) throws IOException {
    Path draft = Files.createTempFile(file.getParent(), "draft", null);
    try {
      writer.write(draft);
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void copyClasses(JarFile from, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(1);
      for (JarEntry entry : Collections.list(from.entries())) {
        if (entry.getName().startsWith("org/") && !entry.isDirectory()) {
          zip.putNextEntry(new ZipEntry(entry.getName()));
          from.getInputStream(entry).transferTo(zip);
          zip.closeEntry();
        }
      }
    }
  }

  /** Opens the file of a store. Afterwards nothing but the store's own files is within reach. */
  static void attach(Connection connection, StorePaths paths, String memory) throws SQLException {
    limit(connection, paths, memory);
    attach(connection, paths.database(), "store");
    lock(connection);
    Sql.execute(connection, "USE store");
  }

  /** As {@link #attach}, and a new file to copy it to. */
  static void attachBoth(Connection connection, StorePaths paths, Path copy, String memory)
      throws SQLException {
    limit(connection, paths, memory);
    attach(connection, paths.database(), "store");
    attach(connection, copy, "copy");
    lock(connection);
  }

  private static void limit(Connection connection, StorePaths paths, String memory)
      throws SQLException {
    Sql.execute(connection, "SET memory_limit = " + Sql.text(memory));
    Sql.execute(connection, "SET temp_directory = " + Sql.text(paths.temporary().toString()));
    Sql.execute(connection, "SET autoinstall_known_extensions = false");
    Sql.execute(connection, "SET autoload_known_extensions = false");
    Sql.execute(connection, "SET allow_community_extensions = false");
  }

  private static void attach(Connection connection, Path file, String name) throws SQLException {
    Sql.execute(
        connection,
        "ATTACH " + Sql.text(file.toString()) + " AS " + name + " (STORAGE_VERSION 'v1.4.0')");
  }

  private static void lock(Connection connection) throws SQLException {
    Sql.execute(connection, "SET enable_external_access = false");
    Sql.execute(connection, "SET lock_configuration = true");
  }
}
