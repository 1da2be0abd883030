package dev.turntable.jdbc.cli;

import java.util.List;
import sqlline.AbstractCommandHandler;
import sqlline.DispatchCallback;
import sqlline.SqlLine;

/** {@code !examples}: shows statements to try. */
final class ExamplesCommand extends AbstractCommandHandler {
  private final SqlLine shell;

  ExamplesCommand(SqlLine shell) {
    super(shell, new String[] {"examples"}, "Show statements to try", List.of());
    this.shell = shell;
  }

  @Override
  public void execute(String line, DispatchCallback callback) {
    shell.output(Help.examples());
    callback.setToSuccess();
  }
}
