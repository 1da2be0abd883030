package dev.turntable.store.parquet;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.store.file.StoreFile;
import dev.turntable.store.file.Waiting;
import dev.turntable.store.table.StoreAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Writes what a store has of some tables as Parquet, a file a day: only days that are new or have other
 * rows than before. Used once, by one thread.
 */
public final class ParquetExport {
  private static final int SALT_BYTES = 16;
  private static final int SUFFIX_BYTES = 4;

  private final StoreFile store;
  private final Waiting waiting;
  private final ParquetProgress progress;
  private final String sync = name();
  private final List<String> added = new ArrayList<>();

  public ParquetExport(StoreFile store, Waiting waiting, ParquetProgress progress) {
    this.store = store;
    this.waiting = waiting;
    this.progress = progress;
  }

  private static String name() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[-:]", "")
        + random(SUFFIX_BYTES);
  }

  private static String random(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /**
   * Writes.
   *
   * @param to the directory; other tables in it stay as they are
   * @throws TurntableException if the directory is another account's or none of ours, somebody writes to
   *     it, or it cannot be written; then its manifest says what it did
   */
  public ParquetReport run(Path to, List<ParquetTable> tables) {
    try (ParquetDirectory directory = ParquetDirectory.take(to)) {
      try {
        return run(directory, tables);
      } catch (IOException e) {
        throw directory.failure(e);
      }
    }
  }

  private ParquetReport run(ParquetDirectory directory, List<ParquetTable> tables)
      throws IOException {
    Manifest before = accounts(open(directory), directory, tables);
    directory.tidy(before.files().stream().map(ParquetDay::path).toList());
    ParquetReport report = ParquetReport.NONE;
    Manifest now = before;
    for (ParquetTable table : tables) {
      TableWriter writer = new TableWriter(store, waiting, directory, sync, progress);
      now = writer.write(table, now);
      added.addAll(writer.added());
      report = report.plus(writer.report());
    }
    if (!now.equals(before) || directory.manifest() == null) {
      directory.publish(added, now.text(), now.files().stream().map(ParquetDay::path).toList());
    }
    return report;
  }

  private Manifest open(ParquetDirectory directory) throws IOException {
    String text = directory.manifest();
    if (text == null) {
      return new Manifest(random(SALT_BYTES), Map.of(), List.of(), List.of());
    }
    Path file = directory.path().resolve(ParquetDirectory.MANIFEST);
    return store.use(waiting, connection -> new ManifestReader(connection, file, text).read());
  }

  /** What one account may see is not put beside what another one may. */
  private static Manifest accounts(
      Manifest manifest, ParquetDirectory directory, List<ParquetTable> tables) throws IOException {
    Manifest all = manifest;
    for (ParquetTable table : tables) {
      StoreAccount account = table.account();
      String hash = hash(account, manifest.salt());
      String known = all.accounts().get(account.service());
      if (known != null && !known.equals(hash)) {
        throw new TurntableException(
            ErrorKind.BAD_VALUE,
            directory.path()
                + " holds what another account of "
                + account.service()
                + " may see; name another directory for Parquet"
                + " (a new key goes on with what an old one wrote if both have the property"
                + " storeAccount)");
      }
      if (known == null) {
        all = all.withAccount(account.service(), hash);
      }
    }
    if (!all.equals(manifest)) {
      // Whose it is is said before the first row is there.
      directory.publish(List.of(), all.text(), all.files().stream().map(ParquetDay::path).toList());
    }
    return all;
  }

  private static String hash(StoreAccount account, String salt) {
    return account.hash(HexFormat.of().parseHex(salt));
  }
}
