package dev.turntable.jdbc.cli.script;

import dev.turntable.jdbc.cli.print.Format;
import dev.turntable.jdbc.cli.print.PrintSettings;
import dev.turntable.jdbc.cli.print.PrintSettings.Expanded;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How statements are run and shown, as options and {@code \set} say. For one thread. */
public final class Settings {
  private Format format = Format.TABLE;
  private boolean header = true;
  private @Nullable String nullText;
  private Expanded expanded = Expanded.AUTO;
  private boolean timing = true;
  private boolean pager = true;
  private boolean explain;
  private NamedParameters parameters = NamedParameters.NONE;

  /** What is set where nobody says otherwise. */
  public Settings() {}

  /** Sets the format of rows. */
  public void format(Format wanted) {
    format = wanted;
  }

  /** Sets whether the names of the columns are printed. */
  public void header(boolean shown) {
    header = shown;
  }

  /** Sets what stands for NULL; null means what the format has for it. */
  public void nullText(@Nullable String text) {
    nullText = text;
  }

  /** Sets whether statements are explained and not run. */
  public void explain(boolean wanted) {
    explain = wanted;
  }

  /** Sets what {@code :NAME} stands for in statements. */
  public void parameters(NamedParameters values) {
    parameters = values;
  }

  NamedParameters parameters() {
    return parameters;
  }

  Format format() {
    return format;
  }

  boolean isTimed() {
    return timing;
  }

  boolean isPaged() {
    return pager;
  }

  boolean isExplained() {
    return explain;
  }

  PrintSettings forPrinting(int width, boolean oneByOne) {
    return new PrintSettings(header, nullText, width, expanded, oneByOne);
  }

  /** Returns all settings with their values, as {@code \set} shows and takes them. */
  public Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("format", format.toString());
    all.put("expanded", expanded.name().toLowerCase(Locale.ROOT));
    all.put("header", onOff(header));
    all.put("null", nullText == null ? "" : nullText);
    all.put("timing", onOff(timing));
    all.put("pager", onOff(pager));
    all.put("explain", onOff(explain));
    return all;
  }

  /**
   * Sets one of them.
   *
   * @param value empty to change over what is on or off
   */
  void set(String name, String value) throws ScriptException {
    switch (name.toLowerCase(Locale.ROOT)) {
      case "format" ->
          format =
              Format.named(value)
                  .orElseThrow(
                      () ->
                          new ScriptException(
                              "format has to be one of " + String.join(", ", Format.names())));
      case "expanded" -> expanded = expanded(value);
      case "header" -> header = flag(name, value, header);
      case "null" -> nullText = value.isEmpty() ? null : value;
      case "timing" -> timing = flag(name, value, timing);
      case "pager" -> pager = flag(name, value, pager);
      case "explain" -> explain = flag(name, value, explain);
      default ->
          throw new ScriptException(
              "there is no setting " + name + "; there are " + String.join(", ", all().keySet()));
    }
  }

  private Expanded expanded(String value) throws ScriptException {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "" -> expanded == Expanded.ON ? Expanded.OFF : Expanded.ON;
      case "on" -> Expanded.ON;
      case "off" -> Expanded.OFF;
      case "auto" -> Expanded.AUTO;
      default -> throw new ScriptException("expanded has to be on, off or auto");
    };
  }

  private static boolean flag(String name, String value, boolean before) throws ScriptException {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "" -> !before;
      case "on" -> true;
      case "off" -> false;
      default -> throw new ScriptException(name + " has to be on or off");
    };
  }

  private static String onOff(boolean value) {
    return value ? "on" : "off";
  }
}
