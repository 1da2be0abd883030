package dev.turntable.examples.soak;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.concurrent.TimeUnit;

/**
 * What this process holds at one moment.
 *
 * @param statements run so far
 * @param bytes live on the heap, after a collection
 * @param threads running
 * @param files open, sockets among them; 0 where the system does not tell
 */
record Sample(long statements, long bytes, int threads, long files) {
  private static final double MIB = 1 << 20;
  private static final int LOOKS = 5;
  private static final long MILLIS_BETWEEN = 200;

  /** What is dropped goes some time after a collection: the least of a few looks is what is held. */
  static Sample take(long statements) throws InterruptedException {
    Sample least = look(statements);
    for (int i = 1; i < LOOKS; i++) {
      TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN);
      Sample next = look(statements);
      least =
          new Sample(
              statements,
              Math.min(least.bytes, next.bytes),
              Math.min(least.threads, next.threads),
              Math.min(least.files, next.files));
    }
    return least;
  }

  private static Sample look(long statements) {
    // What only weak and soft references and finished threads hold goes by the second collection.
    System.gc();
    System.gc();
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return new Sample(
        statements,
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        system instanceof com.sun.management.UnixOperatingSystemMXBean unix
            ? unix.getOpenFileDescriptorCount()
            : 0);
  }

  double mib() {
    return bytes / MIB;
  }
}
