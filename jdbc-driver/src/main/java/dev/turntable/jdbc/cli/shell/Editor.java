package dev.turntable.jdbc.cli.shell;

import dev.turntable.jdbc.cli.script.ScriptException;
import dev.turntable.jdbc.cli.script.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The user's editor, for {@code \e}. */
final class Editor {
  private final Map<String, String> environment;

  Editor(Map<String, String> environment) {
    this.environment = environment;
  }

  String edit(String text) throws IOException, ScriptException {
    String program =
        Stream.of("VISUAL", "EDITOR")
            .map(name -> environment.getOrDefault(name, ""))
            .filter(name -> !name.isBlank())
            .findFirst()
            .orElse("vi");
    Path file = Files.createTempFile("turntable", ".sql"); // for its owner only
    try {
      Files.writeString(file, text.isEmpty() ? text : text + "\n", StandardCharsets.UTF_8);
      Process process =
          new ProcessBuilder("/bin/sh", "-c", program + " \"$1\"", "sh", file.toString())
              .inheritIO()
              .start();
      if (process.waitFor() != 0) {
        throw new ScriptException(program + " has failed; set EDITOR to another one");
      }
      return Utf8.readFile(file.toString()).strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ScriptException("editing was interrupted");
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
