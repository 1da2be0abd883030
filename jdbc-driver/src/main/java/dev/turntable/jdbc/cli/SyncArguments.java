package dev.turntable.jdbc.cli;

import dev.turntable.jdbc.cli.Options.UsageException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code sync}.
 *
 * @param url the JDBC URL, or null if none was given
 * @param profile the name of the profile, or null
 * @param store the directory of the store, or null
 * @param since runs made before are not asked for, or null
 * @param tables the names of the tables; empty for all
 * @param refresh whether finished tasks are read again
 * @param verify whether rows are counted, and compared with what the services tell
 * @param compact whether only the file of the store is made smaller
 * @param status whether only what the store has is told
 * @param parquet the directory that is to hold Parquet, or null
 * @param help whether only the help is asked for
 */
record SyncArguments(
    @Nullable String url,
    @Nullable String profile,
    @Nullable String store,
    @Nullable Instant since,
    Set<String> tables,
    boolean refresh,
    boolean verify,
    boolean compact,
    boolean status,
    @Nullable String parquet,
    boolean help) {

  static SyncArguments parse(String... arguments) throws UsageException {
    Options options = new Options(arguments);
    String url = null;
    String profile = null;
    String store = null;
    Instant since = null;
    Set<String> tables = new LinkedHashSet<>();
    boolean refresh = false;
    boolean verify = false;
    boolean compact = false;
    boolean status = false;
    String parquet = null;
    boolean help = false;
    while (options.hasNext()) {
      String name = options.next();
      switch (name) {
        case "--profile" -> profile = options.value(name);
        case "--store" -> store = options.value(name);
        case "--since" -> since = time(options.value(name));
        case "--tables" -> tables.addAll(names(options.value(name)));
        case "--refresh" -> refresh = true;
        case "--verify" -> verify = true;
        case "--compact" -> compact = true;
        case "--status" -> status = true;
        case "--to" -> parquet = parquet(options);
        case "-h", "--help" -> help = true;
        default -> {
          String whole = options.whole();
          if (!whole.startsWith("jdbc:")) {
            throw Options.unknown(whole);
          }
          if (url != null) {
            throw new UsageException("there is more than one URL");
          }
          url = whole;
        }
      }
      options.end(name);
    }
    return new SyncArguments(
        url, profile, store, since, tables, refresh, verify, compact, status, parquet, help);
  }

  private static String parquet(Options options) throws UsageException {
    if (!options.value("--to").equals("parquet")) {
      throw new UsageException("--to wants a format and a directory, as --to parquet DIR");
    }
    return options.value("--to parquet");
  }

  private static List<String> names(String list) throws UsageException {
    List<String> names = List.of(list.toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1));
    if (names.contains("")) {
      throw new UsageException("--tables wants names, parted by commas");
    }
    return names;
  }

  /** A day, or a moment of UTC, with or without a zone. */
  private static Instant time(String text) throws UsageException {
    String iso = text.strip().replace(' ', 'T');
    try {
      if (!iso.contains("T")) {
        return LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      return iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$")
          ? java.time.OffsetDateTime.parse(iso).toInstant()
          : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new UsageException(
          "--since wants a day or a time of UTC, as 2026-05-01 or 2026-05-01T12:00:00");
    }
  }
}
