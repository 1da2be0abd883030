package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds from the list of broken promises: "taskIds=@/proc/kmsg hangs". */
class PlainFileTest {
  @TempDir Path folder;

  @Test
  void aFileIsReadWholeIfItIsNotTooLarge() throws IOException {
    Path file = Files.writeString(folder.resolve("ids"), "abc");
    assertThat(PlainFile.read(file, 3)).asString().isEqualTo("abc");
    assertThat(PlainFile.read(Files.createFile(folder.resolve("none")), 3)).isEmpty();
    assertThatThrownBy(() -> PlainFile.read(file, 2))
        .isInstanceOf(PlainFile.RefusedException.class)
        .hasMessageContaining("more than");
    assertThat(PlainFile.read(Files.createSymbolicLink(folder.resolve("link"), file), 3))
        .asString()
        .isEqualTo("abc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/proc/kmsg",
        "/proc/self/environ",
        "/proc/self/cmdline",
        "/proc/cpuinfo",
        "/proc/self/fd/0",
        "/sys/kernel/notes",
        "/dev/zero",
        "/dev/random",
        "/dev/stdin",
        "/dev/null",
        "/proc",
        "/"
      })
  void whatIsNoFileOfADiskIsRefused(String name) {
    assumeThat(OS.LINUX.isCurrentOs()).as("there are /dev and /proc").isTrue();
    Path file = Path.of(name);
    if (Files.exists(file)) {
      assertThatThrownBy(() -> PlainFile.read(file, 1 << 20))
          .isInstanceOf(PlainFile.RefusedException.class)
          .hasMessageContaining("regular file");
    }
  }

  @Test
  void aLinkLeadsNowhereElse() throws IOException {
    assumeThat(OS.LINUX.isCurrentOs()).as("there is /dev and /proc").isTrue();
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/proc/self/environ"));
    assertThatThrownBy(() -> PlainFile.read(link, 1 << 20))
        .isInstanceOf(PlainFile.RefusedException.class);
  }

  /** To open one waits for somebody who writes into it. */
  @Test
  void aPipeIsNotOpened() throws Exception {
    assumeThat(OS.WINDOWS.isCurrentOs()).as("there is mkfifo").isFalse();
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> PlainFile.read(pipe, 3))
        .isInstanceOf(PlainFile.RefusedException.class)
        .hasMessageContaining("regular file");
  }

  @Test
  void readingEndsByTime() throws IOException {
    Path file = Files.write(folder.resolve("large"), new byte[64 << 20]);
    assertThatThrownBy(() -> PlainFile.read(file, 64 << 20, Duration.ZERO))
        .isInstanceOf(PlainFile.RefusedException.class)
        .hasMessageContaining("within 0 s");
  }
}
