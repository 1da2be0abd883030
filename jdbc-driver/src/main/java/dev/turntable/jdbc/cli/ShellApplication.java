package dev.turntable.jdbc.cli;

import dev.turntable.jdbc.TurntableDriver;
import dev.turntable.jdbc.meta.DriverVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import sqlline.Application;
import sqlline.BuiltInProperty;
import sqlline.CommandHandler;
import sqlline.SqlLine;
import sqlline.SqlLineOpts;

/** What is different from plain SQLLine: the greeting, the prompt, the examples. Made by SQLLine. */
public final class ShellApplication extends Application {
  /** Called by SQLLine. */
  public ShellApplication() {}

  @Override
  public String getInfoMessage() {
    return "Turntable " + DriverVersion.TEXT + ": \\? shows statements to try, \\q leaves";
  }

  @Override
  public List<String> allowedDrivers() {
    return List.of(TurntableDriver.class.getName());
  }

  @Override
  public Collection<String> getConnectionUrlExamples() {
    return List.of("jdbc:turntable:demo", "jdbc:turntable:handinger");
  }

  @Override
  public SqlLineOpts getOpts(SqlLine shell) {
    SqlLineOpts options = super.getOpts(shell);
    // The usual prompt shows the URL, which may hold a key.
    options.set(BuiltInProperty.PROMPT, "turntable> ");
    options.set(BuiltInProperty.ISOLATION, "TRANSACTION_NONE");
    return options;
  }

  @Override
  public Collection<CommandHandler> getCommandHandlers(SqlLine shell) {
    List<CommandHandler> handlers = new ArrayList<>(super.getCommandHandlers(shell));
    handlers.add(new ExamplesCommand(shell));
    if (shell instanceof TurntableShell ours) {
      CommandHandler sql = named("sql", handlers);
      handlers.remove(sql);
      handlers.add(new StatementCommand(ours, "sql", sql.getHelpText(), text -> text, sql));
      handlers.add(
          new StatementCommand(
              ours,
              "include",
              "Run the statements of a file",
              CommandLine::readFile,
              named("run", handlers)));
      // It would keep statements for later that SQLLine is not given.
      handlers.remove(named("batch", handlers));
    }
    return handlers;
  }

  private static CommandHandler named(String name, List<CommandHandler> handlers) {
    return handlers.stream()
        .filter(handler -> handler.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
