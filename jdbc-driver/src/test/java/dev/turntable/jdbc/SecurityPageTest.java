package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every promise of the page names a test method that is there, and that every build runs. */
class SecurityPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern METHOD = Pattern.compile("`(\\w+(?:Test|IT))#(\\w+)`");
  private static final Pattern CLASS = Pattern.compile("`(\\w+(?:Test|IT))(?:#\\w+)?`");

  /** As the formatter leaves them: a member is indented by two. */
  private static final Pattern ANNOTATION =
      Pattern.compile("  @(Test|ParameterizedTest|TestFactory)\\b.*");

  private static List<String> promises() throws IOException {
    return Files.readAllLines(ROOT.resolve("SECURITY.md")).stream()
        .filter(line -> line.startsWith("| ") && line.contains("`"))
        .filter(line -> CLASS.matcher(line).find())
        .toList();
  }

  /** Returns the texts of the test classes by name; of two with one name, both. */
  private static Map<String, List<String>> classes() throws IOException {
    Map<String, List<String>> classes = new TreeMap<>();
    for (String module : new String[] {"connector", "jdbc-driver"}) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          classes
              .computeIfAbsent(
                  file.getFileName().toString().replace(".java", ""),
                  name -> new java.util.ArrayList<>())
              .add(Files.readString(file));
        }
      }
    }
    return classes;
  }

  @Test
  void everyPromiseNamesATestMethod() throws IOException {
    assertThat(promises())
        .hasSizeGreaterThanOrEqualTo(32)
        .allSatisfy(row -> assertThat(METHOD.matcher(row).find()).as(row).isTrue());
  }

  @Test
  void everyTestThatItNamesIsThereAndRuns() throws IOException {
    Map<String, List<String>> classes = classes();
    for (String row : promises()) {
      for (MatchResult named : CLASS.matcher(row).results().toList()) {
        assertThat(classes).as(row).containsKey(named.group(1));
      }
      for (MatchResult named : METHOD.matcher(row).results().toList()) {
        assertThat(classes.get(named.group(1)))
            .as("%s#%s", named.group(1), named.group(2))
            .anyMatch(text -> runs(text, named.group(2)));
      }
    }
  }

  /** Returns whether a class has a test method of that name that no annotation switches off. */
  private static boolean runs(String text, String method) {
    boolean isTest = false;
    boolean isClassOff = text.contains("\n@Disabled") || text.contains("\n@Enabled");
    boolean isOff = isClassOff;
    Pattern declaration = Pattern.compile("  (public )?[\\w<>]+ " + method + "\\(.*");
    for (String line : text.lines().toList()) {
      if (line.equals("  }")) {
        isTest = false;
        isOff = isClassOff;
      }
      isTest |= ANNOTATION.matcher(line).matches();
      isOff |= isTest && (line.startsWith("  @Disabled") || line.startsWith("  @Enabled"));
      if (declaration.matcher(line).matches()) {
        return isTest && !isOff;
      }
    }
    return false;
  }

  /** What this test itself takes for a test that runs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "  @Test%  void it() {%  }% | true",
        "  @ParameterizedTest%  @EnumSource%  void it(Kind kind) throws Exception {%  }% | true",
        "  @TestFactory%  Stream<DynamicTest> it() {%  }% | true",
        "  void it() {%  }% | false",
        "  @Test%  void other() {%  }%%  void it() {%  }% | false",
        "  @Test%  @Disabled%  void it() {%  }% | false",
        "  @Test%  void other() {%    it();%  }% | false",
      })
  void knowsATestThatRuns(String text, boolean expected) {
    String lines = "\n  " + text.replace("%", "\n");
    assertThat(runs(lines, "it")).isEqualTo(expected);
    assertThat(runs("\n@Disabled\nclass X {" + lines, "it")).isFalse();
  }
}
