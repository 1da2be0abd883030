package dev.turntable.jdbc.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.pages.Declarations.Declared;
import dev.turntable.source.TableDef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The pages say what is so: those of the tables what the tables declare, and every answer what the
 * demo answers, in as many requests. Run with {@code -Dpages.write=true}, it writes them anew.
 */
final class PagesTest {
  private static final String HOW =
      "if that is how it should be, write the pages anew and look at what changed: mvn -B test -pl"
          + " jdbc-driver -am -Dtest=PagesTest -Dpages.write=true"
          + " -Dsurefire.failIfNoSpecifiedTests=false";
  private static final int QUESTIONS_OF_THE_COOKBOOK = 20;
  private static final Path TABLES = Markdown.DOCS.resolve("tables");
  private static final Path INDEX = TABLES.resolve("README.md");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  /** The declared parts of the pages of tables, and the questions as they stand. */
  private static final Map<Path, String> PAGES = new TreeMap<>();

  private static final StringBuilder LIST = new StringBuilder("# Tables\n");

  /** Reads the declarations while there are services behind them. */
  @BeforeAll
  static void readTheDeclarations() throws IOException {
    try (Declarations declarations = Declarations.open()) {
      for (Declared declared : declarations.schemas()) {
        addPages(declared);
        addToList(declared);
      }
    }
  }

  private static void addPages(Declared declared) throws IOException {
    String schema = declared.schema().name();
    if (declared.schema().lazy()) {
      Path file = TABLES.resolve(schema + ".md");
      PAGES.put(
          file,
          TablePage.ofKind(
              schema, declared.schema().remarks(), declared.tables().get(0), there(file)));
      return;
    }
    for (TableDef<?> table : declared.tables()) {
      Path file = TABLES.resolve(schema + "." + table.name() + ".md");
      PAGES.put(file, TablePage.of(schema, table, there(file)));
    }
  }

  private static void addToList(Declared declared) {
    String schema = declared.schema().name();
    LIST.append("\n## ").append(schema).append("\n\n").append(declared.schema().remarks());
    if (declared.schema().lazy()) {
      LIST.append(": [").append(schema).append("](").append(schema).append(".md).\n");
      return;
    }
    LIST.append(".\n\n| table | rows |\n| --- | --- |\n");
    for (TableDef<?> table : declared.tables()) {
      String link = "[`" + table.name() + "`](" + schema + "." + table.name() + ".md)";
      String first = table.remarks().replaceFirst("\\. .*", "");
      LIST.append("| ").append(link).append(" | ").append(first).append(" |\n");
    }
  }

  private static String there(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }

  @TestFactory
  Stream<DynamicTest> tables() {
    return PAGES.entrySet().stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    page.getKey().getFileName().toString(),
                    () -> same(page.getKey(), Answers.filledIn(page.getValue()))));
  }

  @Test
  void theListOfTables() throws IOException {
    same(INDEX, LIST.toString());
  }

  /** A table that is gone leaves no page behind. */
  @Test
  void noOtherTables() throws IOException {
    try (Stream<Path> files = Files.list(TABLES)) {
      assertThat(files.filter(file -> !file.equals(INDEX)).toList())
          .containsExactlyInAnyOrderElementsOf(PAGES.keySet());
    }
  }

  @Test
  void everyTableHasQuestions() throws IOException {
    for (Path file : PAGES.keySet()) {
      assertThat(new Markdown(file).blocks("sql"))
          .as(file.toString())
          .hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void answersAndFiles() throws IOException, SQLException {
    Markdown page = new Markdown(Markdown.DOCS.resolve("answers.md"));
    assertThat(page.blocks("sql")).hasSizeGreaterThanOrEqualTo(6);
    same(page.file(), Answers.filledIn(page.text()));
  }

  @Test
  void cookbook() throws IOException, SQLException {
    Markdown page = new Markdown(Markdown.DOCS.resolve("cookbook.md"));
    assertThat(page.text().lines().filter(line -> line.startsWith("### ")).count())
        .isGreaterThanOrEqualTo(QUESTIONS_OF_THE_COOKBOOK)
        .isEqualTo(page.blocks("sql").size());
    same(page.file(), Answers.filledIn(page.text()));
  }

  @Test
  void errors() throws IOException, SQLException {
    Markdown page = new Markdown(Markdown.DOCS.resolve("errors.md"));
    same(page.file(), Answers.filledIn(page.text()));
  }

  /** Every page is found from the contents, and no link leads nowhere. */
  @Test
  void links() throws IOException {
    TreeSet<String> linked = new TreeSet<>();
    List<String> dead = new ArrayList<>();
    for (Markdown page : Markdown.all()) {
      for (MatchResult link : LINK.matcher(page.text()).results().toList()) {
        Path target = page.file().resolveSibling(link.group(1)).normalize();
        linked.add(target.toString());
        if (!Files.exists(target)) {
          dead.add(page.name() + ": " + link.group(1));
        }
      }
    }
    assertThat(dead).isEmpty();
    assertThat(
            Markdown.all().stream()
                .filter(page -> page.file().startsWith(Markdown.DOCS))
                .map(page -> page.file().toString())
                .collect(Collectors.toList()))
        .isSubsetOf(linked);
  }

  private static void same(Path file, String text) throws IOException {
    if (Boolean.getBoolean("pages.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(there(file)).as(HOW).isEqualTo(text);
  }
}
