package dev.turntable.jdbc;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;

/** What connections may leave behind in this JVM. */
final class LeftBehind {
  private LeftBehind() {}

  /** Returns the threads of connections, beside what other tests may have left open. */
  static List<String> threadsSince(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.matches("turntable-(\\d+-.*|dns)"))
        .toList();
  }

  /** Returns how many files and sockets are open, or 0 where nobody counts them. */
  static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }
}
