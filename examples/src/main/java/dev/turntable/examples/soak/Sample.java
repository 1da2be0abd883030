package dev.turntable.examples.soak;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

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

  static Sample take(long statements) {
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
