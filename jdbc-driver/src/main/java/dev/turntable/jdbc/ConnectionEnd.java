package dev.turntable.jdbc;

import dev.turntable.engine.Engine;
import dev.turntable.plan.start.StartUp;
import java.lang.ref.Cleaner;

/** What ends with a connection, also with one that is dropped without being closed. */
record ConnectionEnd(Engine engine, Runnable onClose) implements Runnable {
  /** Made with the first connection. */
  private static final Cleaner CLEANER = Cleaner.create();

  /** Returns what ends at once, or with the connection. */
  static Cleaner.Cleanable with(Object connection, Engine engine, Runnable onClose) {
    return CLEANER.register(connection, new ConnectionEnd(engine, onClose));
  }

  @Override
  public void run() {
    try {
      engine.close();
    } finally {
      onClose.run();
      StartUp.whenDone(RecordMethods::forgetTypes);
    }
  }
}
