package dev.turntable.jdbc.cli.shell;

import dev.turntable.config.Sources;
import dev.turntable.jdbc.TurntableDriver;
import dev.turntable.jdbc.cli.print.Format;
import dev.turntable.jdbc.cli.script.Commands;
import dev.turntable.jdbc.cli.script.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.jline.reader.Candidate;

/** Completes the commands that begin with a backslash, and what follows them. */
final class CommandCompletion {
  private static final List<String> ON_OFF = List.of("on", "off");

  private final CatalogNames names;
  private final Session session;

  CommandCompletion(CatalogNames names, Session session) {
    this.names = names;
    this.session = session;
  }

  /**
   * Adds what may stand at a place.
   *
   * @param before the line before the word, without blanks around it
   * @param word what there is of the word
   */
  void add(String before, String word, List<Candidate> candidates) throws SQLException {
    String[] words = before.split("\\s+", -1);
    if (before.isEmpty()) {
      add(Commands.names(), candidates);
      return;
    }
    switch (words[0].toLowerCase(Locale.ROOT)) {
      case "\\d", "\\d+", "\\dt" -> tables(candidates);
      case "\\df" -> add(names.functions(), candidates);
      case "\\x" -> add(List.of("on", "off", "auto"), candidates);
      case "\\timing" -> add(ON_OFF, candidates);
      case "\\set", "\\pset" -> setting(words, candidates);
      case "\\c", "\\connect" -> url(before.substring(words[0].length()).strip(), candidates);
      case "\\i", "\\o", "\\g", "\\copy" -> files(word, candidates);
      default -> {
        // nothing follows it
      }
    }
  }

  private void tables(List<Candidate> candidates) {
    names.tables().forEach(table -> add(List.of(table.name()), candidates));
    names.all().forEach(table -> add(List.of(table.schema() + "." + table.name()), candidates));
    add(names.schemas(), candidates);
  }

  private void setting(String[] words, List<Candidate> candidates) {
    if (words.length == 1) {
      add(session.settings().all().keySet(), candidates);
    } else {
      switch (words[1]) {
        case "format" -> add(Format.names(), candidates);
        case "expanded" -> add(List.of("on", "off", "auto"), candidates);
        default -> add(ON_OFF, candidates);
      }
    }
  }

  /** Adds what a URL goes on with: sources, or the names of properties. */
  private static void url(String begun, List<Candidate> candidates) throws SQLException {
    String lower = begun.toLowerCase(Locale.ROOT);
    if (lower.isEmpty()) {
      part("jdbc:turntable:", candidates);
    } else if (lower.matches("jdbc:")) {
      part("turntable:", candidates);
    } else if (lower.matches("jdbc:turntable:([a-z]\\w*\\+)*")) {
      Stream.concat(Stream.of("demo"), Sources.known().keySet().stream())
          .forEach(name -> part(name, candidates));
    } else if (lower.matches("jdbc:turntable:[^:]+:(.*;)?")) {
      for (DriverPropertyInfo property :
          new TurntableDriver().getPropertyInfo(begun, new Properties())) {
        part(property.name + "=", candidates);
      }
    }
  }

  private static void part(String text, List<Candidate> candidates) {
    candidates.add(new Candidate(text, text, null, null, null, null, false));
  }

  private static void files(String word, List<Candidate> candidates) {
    int slash = word.lastIndexOf('/');
    String folder = word.substring(0, slash + 1);
    try (Stream<Path> files = Files.list(Path.of(folder.isEmpty() ? "." : folder))) {
      files.forEach(
          file -> {
            boolean isFolder = Files.isDirectory(file);
            String name = folder + file.getFileName() + (isFolder ? "/" : "");
            candidates.add(new Candidate(name, name, null, null, null, null, !isFolder));
          });
    } catch (IOException | InvalidPathException e) {
      // What cannot be listed has nothing to offer.
    }
  }

  private static void add(Collection<String> texts, List<Candidate> candidates) {
    texts.forEach(text -> candidates.add(new Candidate(text)));
  }
}
