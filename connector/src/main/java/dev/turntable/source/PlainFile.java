package dev.turntable.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads a file that a property names. The property may come from a stranger, so only what lies on a
 * disk is read, in bounded time and size: a device, a pipe, or a file that a system makes up while it is
 * read may have no end, or none that comes.
 */
public final class PlainFile {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** File systems whose files are made up. */
  private static final Set<String> VIRTUAL =
      Set.of(
          "autofs",
          "binfmt_misc",
          "bpf",
          "cgroup",
          "cgroup2",
          "configfs",
          "debugfs",
          "devfs",
          "devpts",
          "devtmpfs",
          "efivarfs",
          "fdescfs",
          "fusectl",
          "hugetlbfs",
          "mqueue",
          "nsfs",
          "proc",
          "procfs",
          "pstore",
          "rpc_pipefs",
          "securityfs",
          "selinuxfs",
          "sysfs",
          "tracefs");

  private PlainFile() {}

  /** A file that is not read; the message tells why, and goes on after the name of a property. */
  public static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String why) {
      super(why);
    }
  }

  /**
   * Returns what is in a file.
   *
   * @param most how many bytes it may have
   * @throws RefusedException if it is not read
   */
  public static byte[] read(Path file, int most) throws IOException {
    return read(file, most, LONGEST);
  }

  /** Reads on a thread of its own, for a file system that does not answer ignores interrupts. */
  static byte[] read(Path file, int most, Duration longest) throws IOException {
    FutureTask<byte[]> reading = new FutureTask<>(() -> readHere(file, most));
    Thread thread = new Thread(reading, "turntable-file");
    thread.setDaemon(true);
    thread.start();
    try {
      return reading.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new RefusedException(
          " names a file that cannot be read within " + longest.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException(" names a file whose reading was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    } finally {
      reading.cancel(true);
    }
  }

  private static byte[] readHere(Path file, int most) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new RefusedException(" does not name a regular file");
    }
    Path real = file.toRealPath();
    if (VIRTUAL.contains(Files.getFileStore(real).type().toLowerCase(Locale.ROOT))) {
      throw new RefusedException(" does not name a regular file, but one that the system makes up");
    }
    try (InputStream in = Files.newInputStream(real)) {
      // No more than it says to have: what has nothing and yet goes on is no file.
      int size = (int) Math.min(Files.size(real), most + 1L);
      byte[] bytes = in.readNBytes(size);
      if (bytes.length > most) {
        throw new RefusedException(" names a file of more than " + (most >> 20) + " MiB");
      }
      return bytes;
    }
  }
}
