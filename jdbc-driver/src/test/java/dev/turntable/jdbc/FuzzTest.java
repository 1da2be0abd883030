package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.handinger.HandingerJsonFuzz;
import dev.turntable.http.RetryAfterFuzz;
import dev.turntable.http.TimestampFuzz;
import dev.turntable.rightbrain.RightbrainJsonFuzz;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Replays the inputs of the fuzz targets, among them what was found, and some mutations of them, the
 * same in every run. Jazzer looks for more, see {@code .ci/fuzz/run}.
 */
class FuzzTest {
  enum Target {
    URL("url", UrlFuzz::fuzzerTestOneInput, 500),
    SQL("sql", SqlFuzz::fuzzerTestOneInput, 300),
    HANDINGER_JSON("handinger-json", HandingerJsonFuzz::fuzzerTestOneInput, 3000),
    RIGHTBRAIN_JSON("rightbrain-json", RightbrainJsonFuzz::fuzzerTestOneInput, 3000),
    TIMESTAMP("timestamp", TimestampFuzz::fuzzerTestOneInput, 5000),
    RETRY_AFTER("retry-after", RetryAfterFuzz::fuzzerTestOneInput, 5000);

    private final String directory;
    private final Consumer<byte[]> target;
    private final int mutations;

    Target(String directory, Consumer<byte[]> target, int mutations) {
      this.directory = directory;
      this.target = target;
      this.mutations = mutations;
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyInputIsTakenOrRefusedInOrder(Target target) throws Exception {
    List<byte[]> seeds = seeds(target.directory);
    assertThat(seeds).isNotEmpty();
    seeds.forEach(target.target);
    Mutations mutations = new Mutations(seeds, target.directory.hashCode());
    for (int i = 0; i < target.mutations; i++) {
      target.target.accept(mutations.next());
    }
  }

  private static List<byte[]> seeds(String directory) throws IOException, URISyntaxException {
    Path place = Path.of(FuzzTest.class.getResource("/fuzz/" + directory).toURI());
    List<byte[]> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.sorted().toList()) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    return seeds;
  }
}
