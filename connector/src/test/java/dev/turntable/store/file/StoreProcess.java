package dev.turntable.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** What another process, or other classes of ours, do with a store. */
public final class StoreProcess {
  private StoreProcess() {}

  public static void main(String[] arguments) {
    Path store = Path.of(arguments[1]);
    if (arguments[0].equals("write")) {
      write(store, Integer.parseInt(arguments[2]));
      return;
    }
    StoreFile.of(Stores.at(store))
        .read(
            Waiting.patient(Duration.ofSeconds(30)),
            connection -> {
              System.out.print('h');
              System.out.flush();
              try {
                return System.in.read(); // until it is killed
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
  }

  /** Writes a row in each round, and says so. */
  public static void write(Path store, int rounds) {
    StoreFile file = StoreFile.of(Stores.at(store));
    for (int i = 0; i < rounds; i++) {
      file.write(
          Waiting.patient(Duration.ofSeconds(60)),
          connection -> {
            Sql.execute(connection, "INSERT INTO t VALUES (1)");
            return null;
          });
      System.out.print('w');
      System.out.flush();
    }
  }
}
