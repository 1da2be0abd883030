package dev.turntable.jdbc.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code --help} says, by its parts: completions and the man page are made of it.
 *
 * @param name what the program is, in a line
 * @param synopsis what may follow its name
 * @param arguments what is no option, by the words that stand for it
 * @param options the options
 * @param paragraphs what it says about them
 * @param examples lines to type
 */
record HelpText(
    String name,
    String synopsis,
    List<Entry> arguments,
    List<Entry> options,
    List<String> paragraphs,
    List<String> examples) {

  /**
   * Something that can be given.
   *
   * @param names the names of an option, or the word that stands for an argument
   * @param value the word that stands for the value, or empty if the option takes none
   * @param text what it does
   */
  record Entry(List<String> names, String value, String text) {
    private Entry and(String more) {
      return new Entry(names, value, (text + " " + more).strip());
    }
  }

  private static final Pattern ENTRY =
      Pattern.compile(
          "  ((?:-\\S+, )*-\\S+?|[A-Z]+)(?: ((?:[a-z]+ )?[A-Z]+(?:[=,][A-Z]+)?))?(?:  +(\\S.*))?");
  private static final Pattern CONTINUED = Pattern.compile(" {12,}(\\S.*)");
  private static final Pattern JAR = Pattern.compile("java -jar turntable-jdbc-\\S+?\\.jar");

  /** Reads the text of {@code --help}. */
  static HelpText of(String help) {
    List<String> lines = JAR.matcher(help).replaceAll("turntable").lines().toList();
    String first = lines.get(0);
    List<Entry> arguments = new ArrayList<>();
    List<Entry> options = new ArrayList<>();
    List<String> paragraphs = new ArrayList<>();
    List<String> examples = new ArrayList<>();
    List<Entry> last = arguments;
    String synopsis = "";
    boolean open = false;
    for (String line : lines.subList(1, lines.size())) {
      Matcher entry = ENTRY.matcher(line);
      Matcher continued = CONTINUED.matcher(line);
      if (line.startsWith("  turntable") && arguments.isEmpty()) {
        // The first is its own, others are those of commands.
        synopsis =
            synopsis.isEmpty() ? line.strip().substring("turntable".length()).strip() : synopsis;
      } else if (entry.matches()) {
        last = entry.group(1).startsWith("-") ? options : arguments;
        last.add(
            new Entry(
                List.of(entry.group(1).split(", ")),
                entry.group(2) == null ? "" : entry.group(2),
                entry.group(3) == null ? "" : entry.group(3)));
      } else if (continued.matches() && paragraphs.isEmpty()) {
        last.add(last.remove(last.size() - 1).and(continued.group(1)));
      } else if (line.startsWith("  ")) {
        examples.add(line.strip());
      } else if (!line.isBlank()) {
        paragraphs.add(open ? paragraphs.remove(paragraphs.size() - 1) + " " + line : line);
      }
      open = !line.isBlank() && !line.startsWith(" ");
    }
    return new HelpText(
        first.substring(first.indexOf(": ") + 2),
        synopsis,
        List.copyOf(arguments),
        List.copyOf(options),
        List.copyOf(paragraphs),
        List.copyOf(examples));
  }
}
