package dev.turntable.jdbc.cli;

import dev.turntable.jdbc.cli.print.Format;
import dev.turntable.jdbc.cli.script.NamedParameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the command line.
 *
 * @param url the JDBC URL, or null if none was given
 * @param profile the name of the profile, or null
 * @param store the directory of the store, or null
 * @param inputs texts and files in the order given; none means standard input: a shell if somebody
 *     types there, else the statements that come
 * @param output the file that results go to, or null for standard output
 * @param format how rows are printed
 * @param header whether the names of the columns are printed
 * @param nullText what stands for NULL, or null for what the format has for it
 * @param parameters values for {@code :NAME} in statements, whose files are not read yet
 * @param goOn whether a statement that fails does not end the rest
 * @param explain whether statements are explained and not run
 * @param help whether only the help is asked for
 * @param version whether only the version is asked for
 */
record CommandArguments(
    @Nullable String url,
    @Nullable String profile,
    @Nullable String store,
    List<Input> inputs,
    @Nullable String output,
    Format format,
    boolean header,
    @Nullable String nullText,
    NamedParameters.Builder parameters,
    boolean goOn,
    boolean explain,
    boolean help,
    boolean version) {

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
        parser.profile,
        parser.store,
        List.copyOf(parser.inputs),
        parser.output,
        parser.format,
        parser.header,
        parser.nullText,
        parser.parameters,
        parser.goOn,
        parser.explain,
        parser.help,
        parser.version);
  }

  private static final class Parser {
    private static final String URL = "jdbc:";

    private final String[] arguments;
    private final List<Input> inputs = new ArrayList<>();
    private @Nullable String url;
    private @Nullable String profile;
    private @Nullable String store;
    private @Nullable String output;
    private Format format = Format.TABLE;
    private boolean header = true;
    private @Nullable String nullText;
    private final NamedParameters.Builder parameters = new NamedParameters.Builder();
    private boolean goOn;
    private boolean explain;
    private boolean help;
    private boolean version;
    private boolean plainSql;
    private int at;

    /** What follows the equals sign of {@code --option=value}, until it is taken. */
    private @Nullable String attached;

    Parser(String[] arguments) {
      this.arguments = arguments;
    }

    void run() throws UsageException {
      while (at < arguments.length) {
        String argument = arguments[at++];
        int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
        attached = equals < 0 ? null : argument.substring(equals + 1);
        String name = equals < 0 ? argument : argument.substring(0, equals);
        switch (name) {
          case "-e", "--execute", "-c", "--command" -> inputs.add(new Input(false, value(name)));
          case "-f", "--file" -> inputs.add(new Input(true, value(name)));
          case "-o", "--output" -> output = value(name);
          case "--format" -> format = format(value(name));
          case "--profile" -> profile = value(name);
          case "--store" -> store = value(name);
          case "--no-header" -> header = false;
          case "--null" -> nullText = value(name);
          case "--param" -> check(parameters.add(value(name)));
          case "--param-file" -> check(parameters.addFile(value(name)));
          case "--continue" -> goOn = true;
          case "--explain" -> explain = true;
          case "-h", "--help", "-?" -> help = true;
          case "--version", "-V" -> version = true;
          default -> other(argument);
        }
        if (attached != null) {
          throw new UsageException(name + " takes no value");
        }
      }
    }

    private String value(String option) throws UsageException {
      String value = attached;
      attached = null;
      if (value != null) {
        return value;
      }
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
      if (argument.startsWith("-") && argument.length() > 1 && !hasBlank(argument)) {
        // What follows could be a key.
        throw new UsageException("there is no option " + argument.replaceFirst("=.*", "=…"));
      }
      if (argument.startsWith(URL)) {
        if (url != null) {
          throw new UsageException("there is more than one URL");
        }
        url = argument;
      } else if (hasBlank(argument) || argument.startsWith("\\")) {
        if (plainSql) {
          throw new UsageException("there is more than one argument of SQL; put each behind -c");
        }
        plainSql = true;
        inputs.add(new Input(false, argument));
      } else {
        throw new UsageException(
            "'"
                + (argument.length() > 40 ? argument.substring(0, 40) + "…" : argument)
                + "' is neither a URL, which begins with jdbc:, nor a command; put SQL behind -c");
      }
      attached = null;
    }

    private static boolean hasBlank(String argument) {
      return argument.chars().anyMatch(Character::isWhitespace);
    }

    private static Format format(String name) throws UsageException {
      return Format.named(name)
          .orElseThrow(
              () ->
                  new UsageException(
                      "--format has to be one of " + String.join(", ", Format.names())));
    }
  }
}
