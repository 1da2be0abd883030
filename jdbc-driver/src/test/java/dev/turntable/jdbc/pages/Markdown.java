package dev.turntable.jdbc.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A page of the documentation and its code blocks. */
record Markdown(Path file) {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path DOCS = ROOT.resolve("docs");

  /** Returns the README, what is below {@code docs}, and the pages of the examples. */
  static List<Markdown> all() throws IOException {
    List<Markdown> pages = new ArrayList<>(List.of(readme()));
    for (String folder : List.of("docs", "examples")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        files
            .filter(file -> file.toString().endsWith(".md"))
            .filter(file -> !file.toString().contains("/target/"))
            .sorted()
            .map(Markdown::new)
            .forEach(pages::add);
      }
    }
    return pages;
  }

  /** Returns the commands of the README and of what is below {@code docs}. */
  static List<String> allCommands() throws IOException {
    List<String> commands = new ArrayList<>(readme().commands());
    for (Markdown page : all()) {
      if (page.file.startsWith(DOCS)) {
        commands.addAll(page.commands());
      }
    }
    return commands;
  }

  static Markdown readme() {
    return new Markdown(ROOT.resolve("README.md"));
  }

  /** Returns the name that people know the page by. */
  String name() {
    return ROOT.relativize(file).toString();
  }

  String text() throws IOException {
    return Files.readString(file);
  }

  /** Returns whether the answers to its statements stand in it; then {@link Answers} runs them. */
  boolean isAnswered() {
    return file.startsWith(DOCS.resolve("tables"))
        || List.of("cookbook.md", "errors.md").contains(file.getFileName().toString());
  }

  /** Returns the SQL statements of all {@code sql} blocks. */
  List<String> statements() throws IOException {
    return blocks("sql").stream().flatMap(block -> split(block).stream()).toList();
  }

  /** Returns the statements of a block. */
  static List<String> split(String block) {
    return Arrays.stream(block.split(";\\s*(?:\\n|$)"))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** Returns the lines of all {@code bash} blocks. */
  List<String> commands() throws IOException {
    return blocks("bash").stream()
        .map(block -> block.replace("\\\n", " "))
        .flatMap(String::lines)
        .toList();
  }

  List<String> blocks(String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = null;
    for (String line : text().lines().toList()) {
      if (block == null) {
        block = line.equals("```" + language) ? new StringBuilder() : null;
      } else if (line.equals("```")) {
        blocks.add(block.toString());
        block = null;
      } else {
        block.append(line).append('\n');
      }
    }
    return blocks;
  }
}
