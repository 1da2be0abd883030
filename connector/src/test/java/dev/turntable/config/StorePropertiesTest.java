package dev.turntable.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the properties of a store mean, and what of them a URL may say. */
final class StorePropertiesTest {
  private static Resolution resolve(List<Setting> url, Map<String, String> properties) {
    return ConfigResolver.resolve(
        new ConfigRequest(
            Sources.named(List.of("handinger")), url, properties, Map.of(), Map.of()));
  }

  private static StoreSettings settings(String... namesAndValues) {
    Map<String, String> properties = new HashMap<>(Map.of("apiKey", "k", "store", "/data/store"));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return resolve(List.of(), properties).config().store();
  }

  private static void isRefused(List<Setting> url, Map<String, String> properties, String... says) {
    assertThatThrownBy(() -> resolve(url, properties))
        .isInstanceOfSatisfying(
            TurntableException.class,
            e -> {
              assertThat(e.kind().sqlState()).as(e.getMessage()).isEqualTo("22023");
              assertThat(e.getMessage()).contains(says);
            });
  }

  @Test
  void withoutAStoreNothingIsKept() {
    assertThat(resolve(List.of(), Map.of("apiKey", "k", "storeAccount", "me")).config().store())
        .isNull();
  }

  @Test
  void defaults() {
    StoreSettings settings = settings();
    assertThat(settings.directory()).isEqualTo(Path.of("/data/store"));
    assertThat(settings.library()).isNull();
    assertThat(settings.maxAge()).isZero();
    assertThat(settings.finalMaxAge()).isZero();
    assertThat(settings.staleIfError()).isFalse();
    assertThat(settings.longestWait()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.memory()).isEqualTo("512MB");
    assertThat(settings.account()).isNull();
    assertThat(settings.leftOut()).isEmpty();
    assertThat(settings.keep()).isNull();
    assertThat(settings.demo()).isFalse();
  }

  @Test
  void pathsAreAbsoluteAndWithoutDots() {
    Path here = Path.of("").toAbsolutePath();
    StoreSettings settings = settings("store", "a/../b", "storeLibrary", "./duckdb.jar");
    assertThat(settings.directory()).isEqualTo(here.resolve("b"));
    assertThat(settings.library()).isEqualTo(here.resolve("duckdb.jar"));
    isRefused(List.of(), Map.of("apiKey", "k", "store", "a\0b"), "store", "name of a file");
    isRefused(
        List.of(),
        Map.of("apiKey", "k", "store", "s", "storeLibrary", "a\0b"),
        "storeLibrary",
        "name of a file");
  }

  @Test
  void whatCanHardlyChangeIsAsOldAsAnythingUnlessSaid() {
    assertThat(settings("maxAge", "60").finalMaxAge()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings("maxAge", "60", "finalMaxAge", "90.5").finalMaxAge())
        .isEqualTo(Duration.ofMillis(90_500));
    assertThat(settings("finalMaxAge", "UNLIMITED").finalMaxAge())
        .isEqualTo(StoreSettings.UNLIMITED);
  }

  @ParameterizedTest
  @CsvSource({"512 MB,512MB", "2GB,2GB", "1 GiB,1GiB", "7MiB,7MiB"})
  void memory(String text, String duckDb) {
    assertThat(settings("storeMemory", text).memory()).isEqualTo(duckDb);
  }

  @ParameterizedTest
  @CsvSource({"30s,PT30S", "5 m,PT5M", "12h,PT12H", "90d,PT2160H"})
  void keep(String text, Duration age) {
    assertThat(settings("keep", text).keep()).isEqualTo(age);
  }

  @Test
  void columnsThatAreNotKept() {
    assertThat(settings("storeColumns", "-turns.input, -Turns.Output_Text").leftOut())
        .containsExactlyInAnyOrder("turns.input", "turns.output_text");
  }

  @ParameterizedTest
  @CsvSource({
    "storeMemory,0 MB,512 MB",
    "storeMemory,much,512 MB",
    "keep,0d,90d",
    "keep,soon,90d",
    "storeColumns,turns.input,-turns.input",
    "storeColumns,-turns,-turns.input",
    "storeAccount,a key,not a key",
    "finalMaxAge,never,finalMaxAge",
    "finalMaxAge,-1,finalMaxAge",
    "staleIfError,perhaps,staleIfError",
    "storeWait,-1,storeWait"
  })
  void textsOfNoMeaningAreRefused(String name, String value, String says) {
    isRefused(List.of(), Map.of("apiKey", "k", "store", "s", name, value), name, says);
  }

  @Test
  void anAccountIsAName() {
    assertThat(settings("storeAccount", "me_1.x@y-z").account()).isEqualTo("me_1.x@y-z");
  }

  /** Else a stranger's URL would run a file of this machine, or read somebody else's rows. */
  @ParameterizedTest
  @ValueSource(strings = {"storeLibrary", "storeAccount"})
  void aUrlNamesNeitherLibraryNorAccount(String name) {
    for (String store : List.of("", "s")) {
      Map<String, String> properties =
          store.isEmpty() ? Map.of("apiKey", "k") : Map.of("apiKey", "k", "store", store);
      isRefused(List.of(new Setting(name, "x")), properties, name, "must not be in a URL");
    }
  }

  @Test
  void aUrlNamesAStoreBelowTheUsersData() {
    Path directory =
        resolve(List.of(new Setting("apiKey", "k"), new Setting("store", "mine-1_B")), Map.of())
            .config()
            .store()
            .directory();
    assertThat(directory).isAbsolute().endsWithRaw(Path.of("turntable", "mine-1_B"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tmp/x",
        "../x",
        ".",
        "a/b",
        "a\\b",
        "ünïcode",
        "con",
        "NUL",
        "Com1",
        "lpt9",
        "a1234567890123456789012345678901234567890123456789012345678901234"
      })
  void aUrlNamesNoPath(String name) {
    isRefused(
        List.of(new Setting("apiKey", "k"), new Setting("store", name)),
        Map.of(),
        "store",
        "TURNTABLE_STORE");
  }

  /** A link would lead out of the directory, as a path does. */
  @Test
  void aUrlFollowsNoLink(@TempDir Path home) throws IOException {
    try (UserHome user = new UserHome(home, "Linux")) {
      Path base = Files.createDirectories(user.stores());
      Path there = Files.createDirectories(base.resolve("there"));
      Files.createSymbolicLink(base.resolve("link"), there);
      Files.createSymbolicLink(base.resolve("nowhere"), base.resolve("missing"));
      Files.writeString(base.resolve("file"), "");
      assertThat(StoreNames.directory("there")).isEqualTo(there);
      assertThat(StoreNames.directory("new")).isEqualTo(base.resolve("new"));
      for (String name : List.of("link", "nowhere", "file")) {
        assertThatThrownBy(() -> StoreNames.directory(name))
            .isInstanceOf(TurntableException.class)
            .hasMessageContaining("names a link or a file");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Linux,.local/share/turntable",
    "Mac OS X,Library/Application Support/turntable",
    "WINDOWS 11,AppData/Local/turntable"
  })
  void whereASystemKeepsDataOfAUser(String system, Path below, @TempDir Path home) {
    try (UserHome user = new UserHome(home, system)) {
      assertThat(user.stores()).isEqualTo(home.resolve(below));
    }
  }

  /** Stands in for the user's directory and system, for as long as it is open. */
  private static final class UserHome implements AutoCloseable {
    private final String directory = System.getProperty("user.home");
    private final String system = System.getProperty("os.name");

    UserHome(Path home, String system) {
      assumeThat(System.getenv("XDG_DATA_HOME")).isNull();
      assumeThat(System.getenv("LOCALAPPDATA")).isNull();
      System.setProperty("user.home", home.toString());
      System.setProperty("os.name", system);
    }

    Path stores() {
      return StoreNames.directory("any").getParent();
    }

    @Override
    public void close() {
      System.setProperty("user.home", directory);
      System.setProperty("os.name", system);
    }
  }

  /** A store of the demo is kept apart: its keys are the same for everybody. */
  @Test
  void theDemoIsToldApart() {
    StoreSettings settings =
        ConfigResolver.resolve(
                new ConfigRequest(
                    Sources.named(List.of("handinger")),
                    List.of(),
                    Map.of("store", "s"),
                    Map.of(),
                    Map.of("handinger.baseUrl", "http://127.0.0.1:1", "handinger.apiKey", "demo")))
            .config()
            .store();
    assertThat(settings.demo()).isTrue();
  }
}
