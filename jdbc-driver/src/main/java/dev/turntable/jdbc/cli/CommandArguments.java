package dev.turntable.jdbc.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the command line.
 *
 * @param url the JDBC URL, or null if none was given
 * @param inputs texts and files in the order given; none means standard input: a shell if somebody
 *     types there, else the statements that come
 * @param format how rows are printed
 * @param parameters values for {@code :NAME} in statements, whose files are not read yet
 * @param help whether only the help is asked for
 * @param version whether only the version is asked for
 */
record CommandArguments(
    @Nullable String url,
    List<Input> inputs,
    Format format,
    NamedParameters.Builder parameters,
    boolean help,
    boolean version) {

  /** How rows are printed. */
  enum Format {
    TABLE,
    CSV,
    JSON
  }

  /**
   * Statements to run.
   *
   * @param file whether the text names a file, {@code -} being standard input
   * @param text SQL or the name of a file
   */
  record Input(boolean file, String text) {}

  /** Arguments that make no sense; the message tells why. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  static CommandArguments parse(String... arguments) throws UsageException {
    Parser parser = new Parser(arguments);
    parser.run();
    return new CommandArguments(
        parser.url,
        List.copyOf(parser.inputs),
        parser.format,
        parser.parameters,
        parser.help,
        parser.version);
  }

  private static final class Parser {
    private final String[] arguments;
    private final List<Input> inputs = new ArrayList<>();
    private @Nullable String url;
    private Format format = Format.TABLE;
    private final NamedParameters.Builder parameters = new NamedParameters.Builder();
    private boolean help;
    private boolean version;
    private int at;

    Parser(String[] arguments) {
      this.arguments = arguments;
    }

    void run() throws UsageException {
      while (at < arguments.length) {
        String argument = arguments[at++];
        switch (argument) {
          case "-e", "--execute" -> inputs.add(new Input(false, value(argument)));
          case "-f", "--file" -> inputs.add(new Input(true, value(argument)));
          case "--format" -> format = format(value(argument));
          case "--param" -> check(parameters.add(value(argument)));
          case "--param-file" -> check(parameters.addFile(value(argument)));
          case "-h", "--help", "-?" -> help = true;
          case "--version", "-V" -> version = true;
          default -> other(argument);
        }
      }
    }

    private String value(String option) throws UsageException {
      if (at == arguments.length) {
        throw new UsageException(option + " needs a value");
      }
      return arguments[at++];
    }

    private static void check(@Nullable String wrong) throws UsageException {
      if (wrong != null) {
        throw new UsageException(wrong);
      }
    }

    private void other(String argument) throws UsageException {
      if (argument.startsWith("--format=")) {
        format = format(argument.substring("--format=".length()));
      } else if (argument.startsWith("--param=")) {
        check(parameters.add(argument.substring("--param=".length())));
      } else if (argument.startsWith("--param-file=")) {
        check(parameters.addFile(argument.substring("--param-file=".length())));
      } else if (argument.startsWith("-")) {
        // What follows could be a key.
        throw new UsageException("there is no option " + argument.replaceFirst("=.*", "=…"));
      } else if (url != null) {
        throw new UsageException("there is more than one URL; put SQL behind -e");
      } else {
        url = argument;
      }
    }

    private static Format format(String name) throws UsageException {
      for (Format format : Format.values()) {
        if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
          return format;
        }
      }
      throw new UsageException("--format has to be table, csv or json");
    }
  }
}
