package dev.turntable.jdbc.cli;

import dev.turntable.text.SqlScript;
import java.io.IOException;
import java.sql.SQLException;
import sqlline.AbstractCommandHandler;
import sqlline.CommandHandler;
import sqlline.DispatchCallback;

/**
 * A command of the shell that runs statements as {@code -e} does: the tables fit the terminal, and a
 * line says how many requests it took. Other formats than tables are left to SQLLine.
 */
final class StatementCommand extends AbstractCommandHandler {
  /** Where the text of the statements comes from. */
  interface Script {
    String read(String argument) throws IOException;
  }

  private final TurntableShell shell;
  private final Script script;
  private final CommandHandler plain;

  /**
   * @param plain what SQLLine has for it
   */
  StatementCommand(
      TurntableShell shell, String name, String help, Script script, CommandHandler plain) {
    super(shell, new String[] {name}, help, plain.getParameterCompleters());
    this.shell = shell;
    this.script = script;
    this.plain = plain;
  }

  @Override
  public void execute(String line, DispatchCallback callback) {
    String[] words = line.strip().split("\\s+", 2); // the first may be an abbreviation of the name
    String argument = words.length > 1 ? words[1] : "";
    if (!shell.getOpts().getOutputFormat().equals("table")) {
      plain.execute(plain.getName() + " " + argument, callback);
      return;
    }
    try {
      StatementRunner runner = shell.runner();
      for (String sql : SqlScript.split(script.read(argument))) {
        runner.run(sql, callback::trackSqlQuery);
      }
      callback.setToSuccess();
    } catch (SQLException e) {
      callback.setToFailure();
      shell.error(StatementRunner.describe(e));
    } catch (IOException e) {
      callback.setToFailure();
      shell.error("error: " + CellText.visible(String.valueOf(e.getMessage())));
    }
  }
}
