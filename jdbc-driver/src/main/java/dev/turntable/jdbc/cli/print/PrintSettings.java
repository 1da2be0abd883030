package dev.turntable.jdbc.cli.print;

import org.jspecify.annotations.Nullable;

/**
 * What the formats leave to the user.
 *
 * @param header whether the names of the columns come first
 * @param nullText what stands for NULL, or null for what the format has for it
 * @param width cells of the terminal's lines; 0 if it is none, and nothing is to be wrapped
 * @param expanded whether tables become blocks
 * @param oneByOne whether rows take long to come, and are shown when they do
 */
public record PrintSettings(
    boolean header, @Nullable String nullText, int width, Expanded expanded, boolean oneByOne) {
  /** For a file or a pipe. */
  public static final PrintSettings PLAIN = new PrintSettings(true, null, 0, Expanded.AUTO, false);

  /** Whether a table is shown as blocks, a column per line. */
  public enum Expanded {
    /** Never. */
    OFF,
    /** Always. */
    ON,
    /** Where the rows are too wide for the terminal. */
    AUTO
  }

  /** Returns the settings for lines of another width. */
  public PrintSettings withWidth(int cells) {
    return new PrintSettings(header, nullText, cells, expanded, oneByOne);
  }

  String nullText(String usual) {
    return nullText == null ? usual : nullText;
  }
}
