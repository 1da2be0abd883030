package dev.turntable.jdbc.cli;

import dev.turntable.jdbc.cli.Options.UsageException;
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
 * @param maxAge how many seconds old an answer may be, as it is written, or null
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
    @Nullable String maxAge,
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

  static CommandArguments parse(String... arguments) throws UsageException {
    Parser parser = new Parser(arguments);
    parser.run();
    return new CommandArguments(
        parser.url,
        parser.profile,
        parser.store,
        parser.maxAge,
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

    private final Options options;
    private final List<Input> inputs = new ArrayList<>();
    private @Nullable String url;
    private @Nullable String profile;
    private @Nullable String store;
    private @Nullable String maxAge;
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

    Parser(String[] arguments) {
      options = new Options(arguments);
    }

    void run() throws UsageException {
      while (options.hasNext()) {
        String name = options.next();
        switch (name) {
          case "-e", "--execute", "-c", "--command" ->
              inputs.add(new Input(false, options.value(name)));
          case "-f", "--file" -> inputs.add(new Input(true, options.value(name)));
          case "-o", "--output" -> output = options.value(name);
          case "--format" -> format = format(options.value(name));
          case "--profile" -> profile = options.value(name);
          case "--store" -> store = options.value(name);
          case "--max-age" -> maxAge = options.value(name);
          case "--no-header" -> header = false;
          case "--null" -> nullText = options.value(name);
          case "--param" -> check(parameters.add(options.value(name)));
          case "--param-file" -> check(parameters.addFile(options.value(name)));
          case "--continue" -> goOn = true;
          case "--explain" -> explain = true;
          case "-h", "--help", "-?" -> help = true;
          case "--version", "-V" -> version = true;
          default -> other(options.whole());
        }
        options.end(name);
      }
    }

    private static void check(@Nullable String wrong) throws UsageException {
      if (wrong != null) {
        throw new UsageException(wrong);
      }
    }

    private void other(String argument) throws UsageException {
      if (argument.startsWith("-") && argument.length() > 1 && !hasBlank(argument)) {
        throw Options.unknown(argument);
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
