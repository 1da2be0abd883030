package dev.turntable.jdbc.cli.shell;

import dev.turntable.jdbc.cli.script.Session;
import java.sql.SQLException;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes what is typed from what the connection knows; sends nothing. */
final class ShellCompleter implements Completer {
  private final Session session;

  ShellCompleter(Session session) {
    this.session = session;
  }

  @Override
  public void complete(LineReader reader, ParsedLine parsed, List<Candidate> candidates) {
    String text = parsed.line();
    int start = parsed.cursor() - parsed.wordCursor();
    try {
      CatalogNames names = CatalogNames.of(session.connection());
      String line = text.substring(text.lastIndexOf('\n', Math.max(0, start - 1)) + 1, start);
      if (ShellParser.isCommand(line + parsed.word())) {
        new CommandCompletion(names, session).add(line.strip(), parsed.word(), candidates);
      } else {
        new SqlCompletion(names).add(text, start, parsed.word(), candidates);
      }
    } catch (SQLException e) {
      // A connection that is closed knows no names.
    }
  }
}
