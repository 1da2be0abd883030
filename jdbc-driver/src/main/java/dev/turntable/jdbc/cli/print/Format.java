package dev.turntable.jdbc.cli.print;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How rows are printed. */
public enum Format {
  /** For people; as wide as the terminal at most. */
  TABLE,
  /** For people: a line per column, a block of lines per row. */
  VERTICAL,
  /** RFC 4180. */
  CSV,
  /** A tab between columns; tabs and line ends within a text are escaped. */
  TSV,
  /** An object per row and line. */
  JSON,
  /** The other name of {@link #JSON}. */
  JSONL,
  /** One array of objects. */
  JSON_ARRAY,
  /** A table of GitHub's Markdown. */
  MARKDOWN;

  /** Returns the names as users write them. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Format::toString).toList();
  }

  /** Returns the format of a name, in any case. */
  public static Optional<Format> named(String name) {
    return Arrays.stream(values()).filter(each -> each.toString().equalsIgnoreCase(name)).findAny();
  }

  /** Returns what prints rows in this format. */
  public RowPrinter printer(PrintStream out, PrintSettings settings) {
    return switch (this) {
      case TABLE ->
          settings.expanded() == PrintSettings.Expanded.ON
              ? new BlockPrinter(out, settings)
              : new TablePrinter(out, settings);
      case VERTICAL -> new BlockPrinter(out, settings);
      case CSV -> DelimitedPrinter.csv(out, settings);
      case TSV -> DelimitedPrinter.tsv(out, settings);
      case JSON, JSONL -> new JsonPrinter(out, false);
      case JSON_ARRAY -> new JsonPrinter(out, true);
      case MARKDOWN -> new MarkdownPrinter(out, settings);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
