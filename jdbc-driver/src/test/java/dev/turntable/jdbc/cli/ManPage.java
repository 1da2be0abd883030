package dev.turntable.jdbc.cli;

import dev.turntable.jdbc.cli.HelpText.Entry;
import java.util.Map;

/** The page that {@code man turntable} shows. */
final class ManPage {
  private final StringBuilder text = new StringBuilder();

  private ManPage() {}

  /** Makes the page from what both helps say, and the environment variables with their meanings. */
  static String of(HelpText help, HelpText sync, Map<String, String> variables) {
    ManPage page = new ManPage();
    page.text.append(".\\\" Made from the program's --help by GeneratedScriptsTest.\n");
    page.text.append(".TH TURNTABLE 1 \"\" Turntable \"User Commands\"\n");
    page.section("NAME").line("turntable - " + help.name());
    page.section("SYNOPSIS").bold("turntable", help.synopsis());
    page.text.append(".br\n");
    page.bold("turntable", sync.synopsis());
    page.section("DESCRIPTION");
    page.paragraphs(help);
    page.section("OPTIONS");
    help.arguments().forEach(page::entry);
    help.options().forEach(page::entry);
    page.section("SYNC").line(sync.name() + ".");
    page.text.append(".PP\n");
    page.paragraphs(sync);
    sync.options().forEach(page::entry);
    page.section("ENVIRONMENT");
    variables.forEach((name, meaning) -> page.item(name, "").line(meaning));
    page.section("EXAMPLES");
    page.text.append(".nf\n");
    help.examples().forEach(page::line);
    sync.examples().forEach(page::line);
    page.text.append(".fi\n");
    return page.text.toString();
  }

  private void paragraphs(HelpText help) {
    String between = "";
    for (String paragraph : help.paragraphs()) {
      if (!paragraph.endsWith(":")) {
        text.append(between);
        line(paragraph);
        between = ".PP\n";
      }
    }
  }

  private ManPage section(String name) {
    text.append(".SH ").append(name).append('\n');
    return this;
  }

  private void entry(Entry entry) {
    item(String.join(", ", entry.names()), entry.value()).line(entry.text());
  }

  private ManPage item(String name, String value) {
    text.append(".TP\n");
    bold(name, value);
    return this;
  }

  private void bold(String word, String rest) {
    text.append("\\fB").append(escaped(word)).append("\\fR");
    text.append(rest.isEmpty() ? "" : " " + escaped(rest)).append('\n');
  }

  private void line(String words) {
    boolean control = words.startsWith(".") || words.startsWith("'");
    text.append(control ? "\\&" : "").append(escaped(words)).append('\n');
  }

  private static String escaped(String words) {
    return words.replace("\\", "\\e").replace("-", "\\-");
  }
}
