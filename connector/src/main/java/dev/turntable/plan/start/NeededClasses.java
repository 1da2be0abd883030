package dev.turntable.plan.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.calcite.rel.RelNode;

/**
 * The classes of libraries that the planner needs, in the order in which it needs them: for the first
 * statement, then for others of the usual kinds. A thread that has to wait for another one to use them
 * loads them meanwhile: reading, unpacking and parsing a class is a third of the work, and needs no
 * turn. It does not initialise them, as that does.
 */
final class NeededClasses {
  /** What the driver's jar puts before the names of libraries; nothing where they are as they were. */
  private static final String PREFIX =
      RelNode.class.getName().substring(0, RelNode.class.getName().indexOf("org."));

  private final ReentrantLock turn = new ReentrantLock();
  private int next;

  /** Initialised by the first thread that has to wait. */
  private static final class Listed {
    static final List<String> NAMES = names();
  }

  /** Returns the names, as the libraries themselves know them. */
  static List<String> names() {
    try (InputStream list = NeededClasses.class.getResourceAsStream("needed-classes.txt")) {
      return list == null
          ? List.of()
          : List.of(new String(list.readAllBytes(), StandardCharsets.US_ASCII).split("\n", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes on loading, unless another thread does, until there are no more or nobody has to wait. */
  void loadUntil(BooleanSupplier done) {
    if (done.getAsBoolean() || !turn.tryLock()) {
      return;
    }
    try {
      while (!done.getAsBoolean() && next < Listed.NAMES.size()) {
        load(Listed.NAMES.get(next++));
      }
    } finally {
      turn.unlock();
    }
  }

  /** Loads those that are left, after whoever is loading. */
  void loadRest() {
    turn.lock();
    try {
      while (next < Listed.NAMES.size()) {
        load(Listed.NAMES.get(next++));
      }
    } finally {
      turn.unlock();
    }
  }

  private static void load(String name) {
    try {
      Class.forName(PREFIX + name, false, NeededClasses.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      // Who needs it will say so; a test looks that it is there.
    }
  }
}
