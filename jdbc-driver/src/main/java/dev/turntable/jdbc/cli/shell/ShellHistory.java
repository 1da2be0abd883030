package dev.turntable.jdbc.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jline.reader.impl.history.DefaultHistory;

/** What was typed, in a file that only its owner reads. Lines that may hold a key are not kept. */
final class ShellHistory extends DefaultHistory {
  private static final Pattern MAYBE_SECRET =
      Pattern.compile(
          "(key|secret|password|passwd|token)\\s*=|bearer|jdbc:\\S*[;:]\\S*=",
          Pattern.CASE_INSENSITIVE);

  private static final Set<PosixFilePermission> OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  @Override
  public void add(Instant time, String line) {
    if (!MAYBE_SECRET.matcher(line).find()) {
      super.add(time, line);
    }
  }

  /** Returns the file, made if need be; empty where none can be kept. */
  static Optional<Path> file(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", environment.getOrDefault("LOCALAPPDATA", ""));
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    if (state.isEmpty() && home.isEmpty()) {
      return Optional.empty();
    }
    Path folder =
        (state.startsWith("/") ? Path.of(state) : Path.of(home, ".local", "state"))
            .resolve("turntable");
    Path file = folder.resolve("history");
    try {
      Files.createDirectories(folder);
      if (!Files.exists(file)) {
        Files.createFile(file);
      }
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(file, OWNER);
      }
      return Optional.of(file);
    } catch (IOException e) {
      return Optional.empty(); // a read-only home: the shell works without what was typed before
    }
  }
}
