package dev.turntable.jdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.turntable.config.CommonProperty;
import dev.turntable.jdbc.Program;
import dev.turntable.jdbc.Program.Run;
import dev.turntable.jdbc.cli.HelpText.Entry;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.TaskSourceProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Completions and the man page say what the program's own help says.
 *
 * <p>With {@code -Dturntable.scripts=write} they are written anew.
 */
final class GeneratedScriptsTest {
  private static final Path SCRIPTS = Path.of("src", "main", "scripts");

  @TempDir private static Path folder;

  private static HelpText help;
  private static HelpText sync;
  private static ShellCompletions completions;

  @BeforeAll
  static void askForHelp() throws Exception {
    help = ask("--help");
    sync = ask("sync", "--help");
    completions = new ShellCompletions(help, sync, urls());
  }

  private static HelpText ask(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(Program.JAVA);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    Run run = Program.in(folder).run(command);
    assertThat(run.status()).as(run.err()).isZero();
    return HelpText.of(run.out());
  }

  @Test
  void theHelpIsUnderstood() {
    assertThat(help.name()).startsWith("tasks and turns");
    assertThat(help.synopsis()).startsWith("[URL]");
    assertThat(help.arguments()).extracting(Entry::names).contains(List.of("URL"));
    assertThat(help.options())
        .hasSizeGreaterThan(6)
        .allSatisfy(o -> assertThat(o.text()).isNotEmpty());
    assertThat(help.paragraphs()).hasSizeGreaterThan(1);
    assertThat(help.examples()).hasSizeGreaterThan(1);
  }

  @Test
  void whatTheHelpNamesIsTaken() {
    for (Entry option : help.options()) {
      List<String> formats = ShellCompletions.values(option);
      String value = formats.isEmpty() ? "a=b" : formats.get(0);
      for (String name : option.names()) {
        String[] arguments =
            option.value().isEmpty() ? new String[] {name} : new String[] {name, value};
        assertThatCode(() -> CommandArguments.parse(arguments)).as(name).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void whatTheHelpOfSyncNamesIsTaken() {
    assertThat(sync.options()).extracting(Entry::value).contains("TIME", "A,B", "parquet DIR");
    for (Entry option : sync.options()) {
      for (String name : option.names()) {
        List<String> arguments = new ArrayList<>(List.of(name));
        if (!option.value().isEmpty()) {
          String value = option.value().replace("TIME", "2026-05-01");
          arguments.addAll(List.of(value.split(" ", -1)));
        }
        assertThatCode(() -> SyncArguments.parse(arguments.toArray(String[]::new)))
            .as(name)
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void bash() throws IOException {
    isUpToDate("completions/turntable.bash", completions.bash());
  }

  @Test
  void zsh() throws IOException {
    isUpToDate("completions/_turntable", completions.zsh());
  }

  @Test
  void fish() throws IOException {
    isUpToDate("completions/turntable.fish", completions.fish());
  }

  @Test
  void man() throws IOException {
    isUpToDate("turntable.1", ManPage.of(help, sync, variables()));
  }

  @Test
  void bashCompletesOptionsValuesAndUrls() throws Exception {
    assertThat(completed("turntable", "--for")).containsExactly("--format");
    assertThat(completed("turntable", "--format", "c")).containsExactly("csv");
    assertThat(completed("turntable", "--format", "=", "c")).containsExactly("csv");
    assertThat(completed("turntable", "-e", "")).isEmpty();
    assertThat(completed("turntable", "j")).contains("jdbc:turntable:demo");
    assertThat(completed("turntable", "jdbc", ":", "turntable", ":", "d")).containsExactly("demo");
    Path statements = Files.createFile(folder.resolve("some statements.sql"));
    assertThat(completed("turntable", "-f", folder + "/some"))
        .containsExactly(statements.toString());
  }

  @Test
  void bashCompletesSync() throws Exception {
    assertThat(completed("turntable", "sy")).containsExactly("sync");
    assertThat(completed("turntable", "sync", "--")).contains("--since", "--verify", "--store");
    assertThat(completed("turntable", "sync", "--for")).isEmpty();
    assertThat(completed("turntable", "--sin")).isEmpty();
    assertThat(completed("turntable", "sync", "--to", "")).containsExactly("parquet");
    Path directory = Files.createDirectory(folder.resolve("a directory"));
    assertThat(completed("turntable", "sync", "--to", "parquet", folder + "/a d"))
        .containsExactly(directory.toString());
    assertThat(completed("turntable", "sync", "jdbc", ":", "turntable", ":", "d"))
        .containsExactly("demo");
  }

  /** Returns what bash offers for the last of the words, where it takes colons for words. */
  private static List<String> completed(String... words) throws Exception {
    String line = String.join(" ", words).replace(" : ", ":").replace(" = ", "=");
    String script =
        """
        . "$0"
        COMP_LINE=$1 COMP_POINT=${#1}
        shift
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _turntable
        [ ${#COMPREPLY[@]} = 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
        """;
    Path made = Files.writeString(folder.resolve("turntable.bash"), completions.bash());
    List<String> command = new ArrayList<>(List.of("bash", "-c", script, made.toString(), line));
    command.addAll(List.of(words));
    Run run = Program.in(folder).run(command);
    assertThat(run.status()).as(run.err()).isZero();
    return run.out().lines().toList();
  }

  private static void isUpToDate(String name, String made) throws IOException {
    Path file = SCRIPTS.resolve(name);
    if ("write".equals(System.getProperty("turntable.scripts"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, made);
    }
    assertThat(file)
        .as("write it anew with -Dtest=GeneratedScriptsTest -Dturntable.scripts=write")
        .hasContent(made);
  }

  private static List<String> urls() {
    List<String> urls = new ArrayList<>(List.of("jdbc:turntable:demo"));
    providers().stream().map(each -> "jdbc:turntable:" + each.name()).sorted().forEach(urls::add);
    return urls;
  }

  private static Map<String, String> variables() {
    Map<String, String> variables = new TreeMap<>();
    for (TaskSourceProvider provider : providers()) {
      for (PropertyDef property : provider.properties()) {
        if (property.environment() != null) {
          variables.put(
              property.environment(),
              provider.name() + ", " + property.name() + ": " + property.description());
        }
      }
    }
    for (CommonProperty property : CommonProperty.values()) {
      if (property.def().environment() != null) {
        variables.put(property.def().environment(), property.def().description());
      }
    }
    variables.put("JAVA_HOME", "The Java to run; else the one in PATH.");
    variables.put("TURNTABLE_JAR", "The driver's jar; else the one beside the program.");
    variables.put("TURNTABLE_URL", "The URL where none is given.");
    variables.put(
        "XDG_CACHE_HOME",
        "Where an archive of loaded classes is kept, so that the program starts faster.");
    return variables;
  }

  /** The services that come with the driver, and no other that a test has brought along. */
  private static List<TaskSourceProvider> providers() {
    return ServiceLoader.load(TaskSourceProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(each -> List.of("handinger", "rightbrain").contains(each.name()))
        .toList();
  }
}
