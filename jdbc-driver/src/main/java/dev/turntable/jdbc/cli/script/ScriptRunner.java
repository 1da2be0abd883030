package dev.turntable.jdbc.cli.script;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs scripts step by step, and tells what fails with its place in the script. */
public final class ScriptRunner implements Commands.Host {
  /** Files that include each other for ever end here. */
  private static final int DEEPEST = 50;

  private final Session session;
  private final boolean goOn;
  private final Commands commands;
  private int depth;
  private boolean quit;

  /**
   * Returns what runs scripts on a session.
   *
   * @param goOn whether a failure does not end the script
   */
  public ScriptRunner(Session session, boolean goOn) {
    this.session = session;
    this.goOn = goOn;
    this.commands = new Commands(session, this);
  }

  /** Returns whether the user has asked to leave. */
  public boolean isQuit() {
    return quit;
  }

  @Override
  public void quit() {
    quit = true;
  }

  /**
   * Runs the steps of a script.
   *
   * @param file the name of its file for messages, or null if it is none
   * @return whether nothing has failed
   * @throws BrokenOutputException if nobody reads the results any more
   */
  public boolean run(List<Step> steps, @Nullable String file) throws BrokenOutputException {
    boolean all = true;
    for (Step step : steps) {
      if (quit) {
        break;
      }
      all &= run(step, file);
      if (!all && !goOn) {
        return false;
      }
    }
    return all;
  }

  private boolean run(Step step, @Nullable String file) throws BrokenOutputException {
    session.begin();
    try {
      if (step.command() == null) {
        StatementRunner.of(session).run(step.sql());
        return true;
      }
      return commands.run(step.sql(), step.command());
    } catch (SQLException e) {
      session.failed(Failures.text(e, file, step));
    } catch (BrokenOutputException e) {
      throw e;
    } catch (IOException | ScriptException e) {
      session.failed(Failures.text(String.valueOf(e.getMessage()), file, step));
    }
    return false;
  }

  @Override
  public boolean include(String name) throws IOException, ScriptException {
    if (depth == DEEPEST) {
      throw new ScriptException(name + " includes itself, by way of others perhaps");
    }
    depth++;
    try {
      return run(Script.of(Utf8.readFile(name)).steps(), name);
    } finally {
      depth--;
    }
  }
}
