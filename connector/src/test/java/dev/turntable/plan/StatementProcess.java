package dev.turntable.plan;

import dev.turntable.config.ConfigRequest;
import dev.turntable.config.ConfigResolver;
import dev.turntable.config.Setting;
import dev.turntable.config.Sources;
import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Runs the statements that come in, one a line, in a process of its own: {@code SOURCES NAME=VALUE…}. Of
 * each it tells the rows, the warnings, and last how it ended. A line {@code !fill FILE} takes what room
 * the disk has left.
 */
public final class StatementProcess {
  static final String DONE = "done ";
  static final String FAILED = "failed ";
  static final String ROW = "row ";
  static final String WARNING = "warning ";
  private static final String FILL = "!fill ";

  private StatementProcess() {}

  public static void main(String[] arguments) throws IOException {
    run(
        arguments,
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        new PrintStream(System.out, true, StandardCharsets.UTF_8));
  }

  /**
   * Runs statements by other classes of ours, which share none with these, and returns what is told.
   *
   * @param classPath where those classes are
   */
  static List<String> elsewhere(String classPath, List<String> arguments, List<String> statements) {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    try {
      List<URL> urls = new ArrayList<>();
      for (String entry : classPath.split(File.pathSeparator)) {
        urls.add(Path.of(entry).toUri().toURL());
      }
      try (URLClassLoader loader =
          new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
        loader
            .loadClass(StatementProcess.class.getName())
            .getMethod("run", String[].class, BufferedReader.class, PrintStream.class)
            .invoke(
                null,
                arguments.toArray(String[]::new),
                new BufferedReader(new StringReader(String.join("\n", statements))),
                new PrintStream(told, true, StandardCharsets.UTF_8));
      }
    } catch (ReflectiveOperationException | IOException e) {
      throw new IllegalStateException(e);
    }
    return told.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** Runs statements until there are no more. */
  public static void run(String[] arguments, BufferedReader in, PrintStream out)
      throws IOException {
    try (Engine engine = open(List.of(arguments))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith(FILL)) {
          fill(Path.of(line.substring(FILL.length())));
          out.println(DONE);
        } else {
          run(engine, line, out);
        }
      }
    }
  }

  private static Engine open(List<String> arguments) {
    List<Setting> settings = new ArrayList<>();
    Map<String, String> byHand = new HashMap<>();
    for (String argument : arguments.subList(1, arguments.size())) {
      String[] parts = argument.split("=", 2);
      if (parts[0].startsWith("store")) {
        byHand.put(parts[0], parts[1]);
      } else {
        settings.add(new Setting(parts[0], parts[1]));
      }
    }
    List<String> sources = List.of(arguments.get(0).split(","));
    return Engines.open(
        ConfigResolver.resolve(
                new ConfigRequest(Sources.named(sources), settings, byHand, Map.of(), Map.of()))
            .config());
  }

  private static void run(Engine engine, String sql, PrintStream out) {
    try (StatementScope scope = engine.newStatement(sql, Duration.ZERO)) {
      PreparedSql prepared = engine.prepare(sql, engine.defaultSchema(), scope);
      if (prepared.kind() == PreparedSql.Kind.UPDATE) {
        prepared
            .update(List.of(List.of()), true, scope)
            .keys()
            .forEach(keys -> out.println(ROW + keys.get(0)));
      } else {
        query(prepared, scope, out);
      }
      scope.warnings().forEach(warning -> out.println(WARNING + warning));
      out.println(DONE + scope.requestCount());
    } catch (TurntableException e) {
      out.println(FAILED + e.kind().sqlState() + " " + e.getMessage());
    }
  }

  private static void query(PreparedSql prepared, StatementScope scope, PrintStream out) {
    try (RowCursor cursor = prepared.query(List.of(), 0, scope)) {
      while (cursor.next()) {
        StringJoiner row = new StringJoiner(" | ");
        for (int i = 0; i < prepared.columns().size(); i++) {
          row.add(String.valueOf(cursor.value(i)));
        }
        out.println(ROW + row);
      }
    }
  }

  private static void fill(Path file) {
    byte[] some = new byte[4096];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(some);
      }
    } catch (IOException e) {
      return; // full
    }
  }
}
