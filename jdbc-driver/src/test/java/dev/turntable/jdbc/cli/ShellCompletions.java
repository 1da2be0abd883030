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

  private final List<Entry> options;
  private final List<String> urls;

  ShellCompletions(HelpText help, List<String> urls) {
    this.options = help.options();
    this.urls = urls;
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
    for (Entry option : options) {
      if (!option.value().isEmpty()) {
        text.append("    ").append(String.join(" | ", option.names())).append(")\n");
        text.append(bashValues(option)).append("      return\n      ;;\n");
      }
    }
    text.append("  esac\n  case $current in\n    -*)\n");
    text.append(words("      ", names().toList(), "$current"));
    text.append("      ;;\n    *)\n");
    text.append("      typed=${COMP_LINE:0:COMP_POINT}\n      typed=${typed##* }\n");
    text.append(words("      ", urls, "$typed"));
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
    return values.isEmpty() ? "" : words("      ", values, "$current");
  }

  private static String words(String indent, List<String> words, String typed) {
    return "%sCOMPREPLY=($(compgen -W $'%s' -- \"%s\"))\n"
        .formatted(indent, String.join("\\n", words), typed);
  }

  String zsh() {
    StringBuilder text = new StringBuilder("#compdef turntable\n").append(HEAD.formatted("zsh"));
    text.append("_arguments -S \\\n");
    for (Entry option : options) {
      for (String name : option.names()) {
        String value =
            option.value().isEmpty()
                ? ""
                : ":" + option.value() + ":" + (isFile(option) ? "_files" : zshWords(option));
        String repeated = option.value().isEmpty() ? "" : "*";
        text.append("  '%s%s[%s]%s' \\\n".formatted(repeated, name, zshText(option), value));
      }
    }
    String words =
        urls.stream().map(url -> url.replace(":", "\\:")).collect(Collectors.joining(" "));
    return text.append("  '*:URL or SQL:(").append(words).append(")'\n").toString();
  }

  private String zshWords(Entry option) {
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
      text.append("complete -c turntable");
      for (String name : option.names()) {
        text.append(
            name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
      }
      List<String> values = values(option);
      if (isFile(option)) {
        text.append(" -r -F");
      } else if (!option.value().isEmpty()) {
        text.append(" -x");
      }
      if (!values.isEmpty()) {
        text.append(" -a '").append(String.join(" ", values)).append("'");
      }
      text.append(" -d '").append(option.text().replaceAll("['\\\\]", "\\\\$0")).append("'\n");
    }
    return text.append("complete -c turntable -a '")
        .append(String.join(" ", urls))
        .append("'\n")
        .toString();
  }

  private Stream<String> names() {
    return options.stream().flatMap(option -> option.names().stream());
  }

  private static boolean isFile(Entry option) {
    return option.value().equals("FILE");
  }

  /** Of the words that describe a format, those that the command line takes. */
  static List<String> values(Entry option) {
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
