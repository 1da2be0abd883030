package dev.turntable.jdbc.faults;

import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.rightbrain.RightbrainAccess;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Hears everything that the driver emits, and tells where there is a secret in it: a key of the
 * simulator, the secret of its client, a token. While it is open, standard output, standard error
 * and all loggers are heard too.
 */
final class Emissions implements AutoCloseable {
  /** The client of the tests, which goes on to the simulated service. */
  private static final Logger OWN_CLIENT = Logger.getLogger("jdk.internal.httpclient.debug");

  private final Set<String> secrets = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> leaks = new ConcurrentLinkedQueue<>();
  private final AtomicLong characters = new AtomicLong();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Logger root = Logger.getLogger("");
  private final Level rootLevel = root.getLevel();
  private final Handler ear = new Ear();

  Emissions() {
    secret(HandingerOptions.KEY);
    secret(RightbrainOptions.KEY);
    secret(RightbrainAccess.CLIENT_SECRET);
    secret(RightbrainAccess.TOKEN_PREFIX);
    PrintStream heard = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(heard);
    System.setErr(heard);
    root.setLevel(Level.ALL);
    root.addHandler(ear);
    OWN_CLIENT.setLevel(Level.OFF);
  }

  /** Adds what must not be emitted either. */
  void secret(String secret) {
    secrets.add(secret);
  }

  /** Takes note of a text that a user may come to see. */
  void hear(String where, String text) {
    characters.addAndGet(text.length());
    for (String secret : secrets) {
      if (text.contains(secret)) {
        leaks.add(where + ": " + text.replace(secret, "<<<" + secret + ">>>"));
      }
    }
  }

  /** Takes note of an exception, its causes and those it suppressed. */
  void hear(String where, Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    hear(where, text.toString());
  }

  /** Returns what held a secret, with the place where it was. */
  Iterable<String> leaks() {
    hear("standard output or error", printed.toString(StandardCharsets.UTF_8));
    return leaks;
  }

  /** Returns how much was heard. */
  long characters() {
    return characters.get();
  }

  /** Puts everything back, and prints what was printed meanwhile. */
  @Override
  public void close() {
    root.removeHandler(ear);
    root.setLevel(rootLevel);
    System.setOut(out);
    System.setErr(err);
    out.print(printed.toString(StandardCharsets.UTF_8));
  }

  private final class Ear extends Handler {
    @Override
    public void publish(LogRecord record) {
      hear("log " + record.getLoggerName(), record.getMessage());
      if (record.getParameters() != null) {
        for (Object parameter : record.getParameters()) {
          hear("log " + record.getLoggerName(), String.valueOf(parameter));
        }
      }
      if (record.getThrown() != null) {
        hear("log " + record.getLoggerName(), record.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
