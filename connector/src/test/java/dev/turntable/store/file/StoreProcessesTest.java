package dev.turntable.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.Until;
import dev.turntable.config.StoreSettings;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that several processes and class loaders use, of which some are killed. */
class StoreProcessesTest {
  private static final Waiting PATIENT = Waiting.patient(Duration.ofSeconds(30));

  @TempDir Path temp;

  @Test
  void itWaitsForAnotherProcessAndThenNamesIt() throws Exception {
    Path store = temp.resolve("store");
    Stores.read(store);
    Stores.letGo(store);
    Process holder = process("hold", store, 0);
    try {
      assertThat(holder.getInputStream().read()).isEqualTo('h');
      StoreSettings impatient = Stores.at(store, Duration.ofMillis(100));

      assertThatThrownBy(
              () ->
                  StoreFile.of(impatient)
                      .read(Waiting.patient(impatient.longestWait()), connection -> 1))
          .isInstanceOfSatisfying(
              TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.STORE_BUSY))
          .hasMessageContaining("in use by process " + holder.pid());
    } finally {
      holder.destroyForcibly().waitFor();
    }
    Stores.read(store);
  }

  @Test
  void twoProcessesAndTwoClassLoadersLoseNothing() throws Exception {
    Path store = temp.resolve("store");
    StoreFile file = StoreFile.of(Stores.at(store));
    file.write(PATIENT, connection -> Stores.run(connection, "CREATE TABLE t (a INTEGER)"));
    int rounds = 30;
    Process other = process("write", store, rounds);
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    try (URLClassLoader loader = loader()) {
      threads.add(new Thread(() -> keep(failures, () -> elsewhere(loader, store, rounds))));
      threads.add(new Thread(() -> keep(failures, () -> StoreProcess.write(store, rounds))));
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(other.waitFor()).isZero();
      // The other classes let the file go by themselves, in a moment.
      assertThat(failures).isEmpty();
      assertThat(Stores.count(file)).isEqualTo(3 * rounds);
    }
  }

  @Test
  void aKilledWriterLosesNothingThatItAcknowledged() throws Exception {
    Path store = temp.resolve("store");
    StoreFile file = StoreFile.of(Stores.at(store));
    file.write(PATIENT, connection -> Stores.run(connection, "CREATE TABLE t (a INTEGER)"));
    Stores.letGo(store);
    long acknowledged = 0;
    for (int i = 0; i < Integer.getInteger("turntable.kills", 3); i++) {
      Path said = temp.resolve("said" + i);
      Process writer =
          builder("write", store, Integer.MAX_VALUE).redirectOutput(said.toFile()).start();
      int wanted = 3 + 7 * i % 11;
      Until.holds("writes are acknowledged", () -> said.toFile().length() >= wanted);
      writer.destroyForcibly().waitFor();
      acknowledged += said.toFile().length();
      // One more may have been committed and not yet acknowledged.
      long there = Stores.count(file);
      assertThat(there).isBetween(acknowledged, acknowledged + 1);
      acknowledged = there;
      Stores.letGo(store);
    }
  }

  private static void elsewhere(ClassLoader loader, Path store, int rounds) throws Exception {
    Class.forName("dev.turntable.store.file.StoreProcess", true, loader)
        .getMethod("write", Path.class, int.class)
        .invoke(null, store, rounds);
  }

  private interface Failing {
    void run() throws Exception;
  }

  private static void keep(List<Throwable> failures, Failing work) {
    try {
      work.run();
    } catch (Throwable e) { // it fails the test, which runs in another thread
      synchronized (failures) {
        failures.add(e);
      }
    }
  }

  private static URLClassLoader loader() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  private static Process process(String what, Path store, int rounds) throws IOException {
    return builder(what, store, rounds).start();
  }

  private static ProcessBuilder builder(String what, Path store, int rounds) {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            StoreProcess.class.getName(),
            what,
            store.toString(),
            String.valueOf(rounds))
        .redirectError(ProcessBuilder.Redirect.INHERIT);
  }
}
