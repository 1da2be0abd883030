package dev.turntable.jdbc.cli;

import dev.turntable.jdbc.cli.HelpText.Entry;
import dev.turntable.jdbc.cli.Options.UsageException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Completes what may follow {@code turntable} in the shells of Unix. */
final class ShellCompletions {
  private static final String HEAD =
      "# Completes the options of turntable in %s. Made from its --help by GeneratedScriptsTest.\n";

  private static final String SYNC = "sync";

  private static final String DIRECTORIES =
      "      compopt -o filenames 2>/dev/null\n"
          + "      COMPREPLY=($(compgen -d -- \"$current\"))\n";

  private final List<Entry> options;
  private final HelpText sync;
  private final List<String> urls;

  /** Those of {@code sync} that it does not share. */
  private final List<Entry> ofSync;

  ShellCompletions(HelpText help, HelpText sync, List<String> urls) {
    this.options = help.options();
    this.sync = sync;
    this.urls = urls;
    this.ofSync =
        sync.options().stream()
            .filter(each -> options.stream().noneMatch(other -> isSame(each, other)))
            .toList();
  }

  private static boolean isSame(Entry one, Entry other) {
    return one.names().equals(other.names());
  }

  String bash() {
    StringBuilder text = new StringBuilder(HEAD.formatted("bash"));
    text.append("# shellcheck disable=SC2207\n_turntable() {\n");
    text.append("  local IFS=$'\\n' current=${COMP_WORDS[COMP_CWORD]}");
    text.append(" previous=${COMP_WORDS[COMP_CWORD - 1]} typed\n");
    text.append("  # bash takes = and : for the ends of words.\n");
    text.append("  if [ \"$current\" = = ]; then\n    current=\n");
    text.append("  elif [ \"$previous\" = = ]; then\n");
    text.append("    previous=${COMP_WORDS[COMP_CWORD - 2]}\n  fi\n");
    text.append("  case $previous in\n");
    for (Entry option : Stream.concat(options.stream(), ofSync.stream()).toList()) {
      if (!option.value().isEmpty()) {
        text.append("    ").append(String.join(" | ", option.names())).append(")\n");
        text.append(bashValues(option)).append("      return\n      ;;\n");
      }
    }
    text.append("    parquet)\n").append(DIRECTORIES).append("      return\n      ;;\n");
    text.append("  esac\n  case $current in\n    -*)\n");
    text.append("      if [ \"${COMP_WORDS[1]}\" = ").append(SYNC).append(" ]; then\n");
    text.append(words("        ", names(sync.options()), "$current"));
    text.append("      else\n");
    text.append(words("        ", names(options), "$current"));
    text.append("      fi\n      ;;\n    *)\n");
    text.append("      typed=${COMP_LINE:0:COMP_POINT}\n      typed=${typed##* }\n");
    text.append(words("      ", withSync(), "$typed"));
    text.append("      COMPREPLY=(\"${COMPREPLY[@]#\"${typed%\"${typed##*:}\"}\"}\")\n");
    text.append("      ;;\n  esac\n}\ncomplete -F _turntable turntable\n");
    return text.toString();
  }

  private String bashValues(Entry option) {
    if (isFile(option)) {
      return "      compopt -o filenames 2>/dev/null\n"
          + "      COMPREPLY=($(compgen -f -- \"$current\"))\n";
    }
    List<String> values = values(option);
    if (isDirectory(option) && values.isEmpty()) {
      return DIRECTORIES;
    }
    return values.isEmpty() ? "" : words("      ", values, "$current");
  }

  private static String words(String indent, List<String> words, String typed) {
    return "%sCOMPREPLY=($(compgen -W $'%s' -- \"%s\"))\n"
        .formatted(indent, String.join("\\n", words), typed);
  }

  String zsh() {
    StringBuilder text = new StringBuilder("#compdef turntable\n").append(HEAD.formatted("zsh"));
    text.append("if ((CURRENT > 2)) && [[ $words[2] == ").append(SYNC).append(" ]]; then\n");
    text.append("  shift words\n  ((CURRENT--))\n");
    zsh(text, "  ", sync.options(), "URL", urls);
    text.append("else\n");
    zsh(text, "  ", options, "URL or SQL", withSync());
    return text.append("fi\n").toString();
  }

  private static void zsh(
      StringBuilder text, String indent, List<Entry> options, String rest, List<String> words) {
    text.append(indent).append("_arguments -S \\\n");
    for (Entry option : options) {
      for (String name : option.names()) {
        String repeated = option.value().isEmpty() ? "" : "*";
        text.append(
            "%s  '%s%s[%s]%s' \\\n"
                .formatted(indent, repeated, name, zshText(option), zshValue(option)));
      }
    }
    String all =
        words.stream().map(word -> word.replace(":", "\\:")).collect(Collectors.joining(" "));
    text.append("%s  '*:%s:(%s)'\n".formatted(indent, rest, all));
  }

  private static String zshValue(Entry option) {
    if (option.value().isEmpty()) {
      return "";
    }
    List<String> values = values(option);
    if (isDirectory(option)) {
      return (values.isEmpty() ? "" : ":format:(" + values.get(0) + ")") + ":DIR:_files -/";
    }
    return ":" + option.value() + ":" + (isFile(option) ? "_files" : zshWords(option));
  }

  private static String zshWords(Entry option) {
    List<String> values = values(option);
    return values.isEmpty() ? " " : "(" + String.join(" ", values) + ")";
  }

  private static String zshText(Entry option) {
    return option.text().replaceAll("[\\[\\]:\\\\]", "\\\\$0").replace("'", "'\\''");
  }

  String fish() {
    StringBuilder text = new StringBuilder(HEAD.formatted("fish"));
    text.append("complete -c turntable -f\n");
    for (Entry option : options) {
      fish(text, option, "");
    }
    for (Entry option : ofSync) {
      fish(text, option, " -n '__fish_seen_subcommand_from " + SYNC + "'");
    }
    return text.append("complete -c turntable -n __fish_use_subcommand -a ")
        .append(SYNC)
        .append(" -d '")
        .append(sync.name())
        .append("'\ncomplete -c turntable -a '")
        .append(String.join(" ", urls))
        .append("'\n")
        .toString();
  }

  private static void fish(StringBuilder text, Entry option, String where) {
    text.append("complete -c turntable").append(where);
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    List<String> values = values(option);
    if (isFile(option) || (isDirectory(option) && values.isEmpty())) {
      text.append(" -r -F");
    } else if (!option.value().isEmpty()) {
      text.append(" -x");
    }
    if (!values.isEmpty()) {
      text.append(" -a '").append(String.join(" ", values)).append("'");
    }
    text.append(" -d '").append(option.text().replaceAll("['\\\\]", "\\\\$0")).append("'\n");
  }

  private static List<String> names(List<Entry> options) {
    return options.stream().flatMap(option -> option.names().stream()).toList();
  }

  private List<String> withSync() {
    return Stream.concat(Stream.of(SYNC), urls.stream()).toList();
  }

  private static boolean isFile(Entry option) {
    return option.value().equals("FILE");
  }

  private static boolean isDirectory(Entry option) {
    return option.value().endsWith("DIR");
  }

  /** Of the words that describe a format, those that the command line takes. */
  static List<String> values(Entry option) {
    if (option.value().contains(" ")) {
      return List.of(option.value().split(" ", -1)[0]);
    }
    if (!option.value().equals("FORMAT")) {
      return List.of();
    }
    return Pattern.compile("[a-z]+(?:-[a-z]+)*")
        .matcher(option.text())
        .results()
        .map(word -> word.group())
        .filter(word -> isTaken(option.names().get(0), word))
        .toList();
  }

  private static boolean isTaken(String... arguments) {
    try {
      CommandArguments.parse(arguments);
      return true;
    } catch (UsageException e) {
      return false;
    }
  }
}
