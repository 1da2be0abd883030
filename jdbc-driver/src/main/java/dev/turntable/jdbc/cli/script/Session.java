package dev.turntable.jdbc.cli.script;

import dev.turntable.jdbc.cli.print.CellText;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What lasts from one statement to the next: the connection, the settings, where results go. */
public final class Session implements AutoCloseable {
  private final Console console;
  private final Settings settings;
  private final Connector connector;
  private final Output output;
  private final Object lock = new Object();
  private Supplier<Screen> screen;
  private Connection connection;
  private String last = "";
  private @Nullable Statement running;
  private boolean interrupted;

  /**
   * Opens the connection.
   *
   * @throws SQLException if that fails
   */
  public Session(Console console, Settings settings, Connector connector, String url)
      throws SQLException {
    this.console = console;
    this.settings = settings;
    this.connector = connector;
    this.output = new Output(console.out(), console.screen().outIsTerminal());
    this.screen = console::screen;
    this.connection = connector.connect(url);
    warn(connection.getWarnings());
  }

  /** Opens another connection; the one before is closed if that succeeds. */
  void connect(String url) throws SQLException {
    Connection opened = connector.connect(url);
    Connection before = connection;
    connection = opened;
    before.close();
    warn(opened.getWarnings());
  }

  /** Returns the connection that is open. */
  public Connection connection() {
    return connection;
  }

  /** Returns where results go. */
  public Output output() {
    return output;
  }

  /** Returns what is set. */
  public Settings settings() {
    return settings;
  }

  /** Returns where the program reads and writes. */
  public Console console() {
    return console;
  }

  /** Tells how large the terminal is, which may change while the program runs. */
  public void screen(Supplier<Screen> current) {
    screen = current;
  }

  Screen screen() {
    return screen.get();
  }

  /** Returns the last statement that was run, or an empty text before the first. */
  public String lastOrEmpty() {
    return last;
  }

  void last(String sql) {
    last = sql;
  }

  void warn(@Nullable SQLWarning first) {
    for (SQLWarning each = first; each != null; each = each.getNextWarning()) {
      String text = "warning: " + CellText.visible(String.valueOf(each.getMessage()));
      int width = console.screen().errIsTerminal() ? screen().width() : 0;
      for (String line : width > 0 ? CellText.wrap(text, width) : List.of(text)) {
        console.err().println(console.colored("33", line));
      }
    }
  }

  /** Tells the user something that is no result. */
  void told(String message) {
    output.stream().flush();
    console.err().println(message);
  }

  /** Tells the user of a failure. */
  public void failed(String message) {
    output.stream().flush();
    console.err().println(console.colored("31", message));
  }

  /** Says which statement {@link #interrupt} is to cancel; null for none. */
  void running(@Nullable Statement statement) {
    synchronized (lock) {
      running = statement;
    }
  }

  /** Ends what runs, from any thread. */
  public void interrupt() throws SQLException {
    synchronized (lock) {
      interrupted = true;
      lock.notifyAll();
      if (running != null) {
        running.cancel();
      }
    }
  }

  /** Forgets that something was interrupted, before the next thing begins. */
  public void begin() {
    synchronized (lock) {
      interrupted = false;
    }
  }

  /** Returns whether what runs was interrupted; waits for that for so long. */
  boolean isInterruptedWithin(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    synchronized (lock) {
      while (!interrupted) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        try {
          lock.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return true;
        }
      }
      return true;
    }
  }

  /** Closes the connection and the file that results go to. */
  @Override
  public void close() throws SQLException, IOException {
    try {
      output.close();
    } finally {
      connection.close();
    }
  }
}
