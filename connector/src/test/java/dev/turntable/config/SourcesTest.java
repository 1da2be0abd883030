package dev.turntable.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.source.ConnectionScope;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.TaskSource;
import dev.turntable.source.TaskSourceProvider;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which services a URL can name, and how. */
final class SourcesTest {
  private static final String SERVICES = "META-INF/services/";

  /** A service that only the context class loader knows. */
  public static final class Outside implements TaskSourceProvider {
    @Override
    public String name() {
      return "outside";
    }

    @Override
    public List<PropertyDef> properties() {
      return List.of();
    }

    @Override
    public TaskSource open(SourceConfig config, ConnectionScope connection) {
      throw new UnsupportedOperationException();
    }
  }

  private static List<String> named(String... names) {
    return Sources.named(List.of(names)).stream().map(TaskSourceProvider::name).toList();
  }

  private static void isRefused(String state, String message, String... names) {
    assertThatThrownBy(() -> named(names))
        .isInstanceOfSatisfying(
            TurntableException.class,
            e -> {
              assertThat(e.kind().sqlState()).isEqualTo(state);
              assertThat(e.getMessage()).startsWith(message);
            });
  }

  @Test
  void inTheOrderOfTheUrlWhateverTheirCase() {
    assertThat(named("RIGHTBRAIN", "Handinger")).containsExactly("rightbrain", "handinger");
  }

  @Test
  void eachOnce() {
    isRefused("22023", "source handinger is named twice", "handinger", "rightbrain", "HANDINGER");
  }

  @Test
  void anUnknownOneIsToldWithThoseThereAre() {
    isRefused(
        "22023",
        "unknown source \"handingr\"; known are demo, handinger, rightbrain",
        "rightbrain",
        "handingr");
  }

  /** One beside us wins over one of its name there. */
  @Test
  void othersComeFromTheContextClassLoader(@TempDir Path folder) throws IOException {
    Path names = Files.createDirectories(folder.resolve(SERVICES));
    Path file = names.resolve(TaskSourceProvider.class.getName());
    Files.writeString(file, Outside.class.getName());
    TaskSourceProvider own = Sources.known().get("handinger");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader there = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(there);
      assertThat(Sources.named(List.of("outside", "handinger")))
          .extracting(TaskSourceProvider::name)
          .containsExactly("outside", "handinger");
      assertThat(Sources.named(List.of("outside", "handinger")).get(1).getClass())
          .isEqualTo(own.getClass());
      assertThat(Sources.known()).doesNotContainKey("outside");
      Files.writeString(file, "dev.turntable.Missing");
      isRefused("XX000", "a task source cannot be loaded: ", "nobody");
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
