package dev.turntable.jdbc.cli;

import dev.turntable.engine.Engine;
import dev.turntable.jdbc.ProfileConnections;
import dev.turntable.jdbc.cli.print.CellText;
import dev.turntable.jdbc.cli.print.Count;
import dev.turntable.jdbc.cli.script.Console;
import dev.turntable.jdbc.cli.script.Script;
import dev.turntable.jdbc.cli.script.ScriptRunner;
import dev.turntable.jdbc.cli.script.Session;
import dev.turntable.jdbc.cli.script.Settings;
import dev.turntable.source.TurntableException;
import dev.turntable.sync.Sync;
import dev.turntable.sync.SyncOptions;
import dev.turntable.sync.SyncProgress;
import dev.turntable.sync.SyncReport;
import dev.turntable.sync.TableState;
import dev.turntable.sync.VerifyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code sync}: brings a store up to date. */
final class SyncCommand {
  private static final double BYTES_PER_MEGABYTE = 1 << 20;

  private static final String STATUS =
      "SELECT schema_name, table_name, scope, from_time, to_time, verified_at, row_count"
          + " FROM turntable.coverage WHERE scope LIKE 'store: %'";

  private final Console console;
  private final SyncArguments arguments;

  SyncCommand(Console console, SyncArguments arguments) {
    this.console = console;
    this.arguments = arguments;
  }

  /**
   * Runs it.
   *
   * @return whether everything was read; what was read before a failure is kept
   */
  boolean run() throws IOException, SQLException {
    Opening opening = Opening.of(console, arguments.profile(), arguments.store());
    String url = opening.url(arguments.url());
    if (arguments.status()) {
      try (Session session = new Session(console, new Settings(), opening::connect, url)) {
        return new ScriptRunner(session, false).run(Script.of(STATUS).steps(), null);
      }
    }
    try (Connection connection = opening.connect(url)) {
      Engine engine = ProfileConnections.engine(connection);
      if (engine.store() == null) {
        throw new SQLException(
            "sync needs a store: give --store DIR, set TURNTABLE_STORE, or name one in the URL as"
                + " store=NAME",
            "22023");
      }
      return arguments.compact() ? compact(engine) : run(engine);
    }
  }

  private boolean compact(Engine engine) {
    try {
      SyncReport.Size size = new Sync(engine, SyncOptions.ALL, SyncProgress.NONE).compact();
      console
          .out()
          .println(
              "the store had " + megabytes(size.before()) + ", and has " + megabytes(size.after()));
      return true;
    } catch (TurntableException e) {
      console.err().println(line("error: [" + e.kind().sqlState() + "] " + e.getMessage()));
      return false;
    }
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / BYTES_PER_MEGABYTE);
  }

  private boolean run(Engine engine) {
    SyncOptions options =
        new SyncOptions(arguments.since(), arguments.tables(), arguments.refresh());
    String failure = null;
    SyncReport report;
    SyncReport.Parquet parquet = null;
    VerifyReport verified = null;
    try (SyncBar bar = new SyncBar(console)) {
      Sync sync = new Sync(engine, options, bar);
      try {
        sync.run();
        verified = arguments.verify() ? sync.verify() : null;
        String directory = arguments.parquet();
        parquet = directory == null ? null : sync.writeParquet(Path.of(directory));
      } catch (TurntableException e) {
        failure = "error: [" + e.kind().sqlState() + "] " + e.getMessage();
      }
      report = sync.report();
    } catch (TurntableException e) {
      console.err().println(line("error: [" + e.kind().sqlState() + "] " + e.getMessage()));
      return false;
    }
    report.skipped().forEach(each -> console.err().println(line("not read: " + each)));
    if (failure != null) {
      console.err().println(line(failure + " (what was read before is kept)"));
    }
    console.out().println(summary(report));
    if (verified != null) {
      verified.differences().forEach(each -> console.err().println(line("differs: " + each)));
      console.out().println(summary(verified));
    }
    if (parquet != null) {
      console.out().println(line(summary(parquet)));
    }
    if (console.screen().outIsTerminal()) {
      tables(report).forEach(console.out()::println);
    }
    return failure == null;
  }

  private static String line(String text) {
    return CellText.visible(text);
  }

  /** One line, as cron mails it. */
  private static String summary(SyncReport report) {
    StringBuilder text = new StringBuilder();
    text.append(report.rows().added())
        .append(" new, ")
        .append(report.rows().changed())
        .append(" changed, ")
        .append(report.rows().gone())
        .append(" gone; ")
        .append(Count.of(report.requests(), "request"))
        .append(" in ")
        .append(report.took().toSeconds())
        .append(" s; the store has ");
    String separator = "";
    for (TableState each : report.after()) {
      text.append(separator).append(each.table()).append(' ').append(each.rows());
      separator = ", ";
    }
    return text.append(
            "; maxAge=3600 uses all of it for an hour, finalMaxAge=unlimited what is settled")
        .toString();
  }

  private static String summary(VerifyReport verified) {
    return "Verified: "
        + Count.of(verified.compared(), "count")
        + ", of which "
        + verified.read()
        + " did not agree and were read once more, "
        + verified.differences().size()
        + " remain";
  }

  private String summary(SyncReport.Parquet parquet) {
    return "Parquet in "
        + arguments.parquet()
        + ": "
        + Count.of(parquet.written(), "day")
        + " written ("
        + Count.of(parquet.rows(), "row")
        + "), "
        + parquet.removed()
        + " removed, "
        + parquet.unchanged()
        + " unchanged";
  }

  private static List<String> tables(SyncReport report) {
    return report.after().stream()
        .map(
            after -> {
              TableState before =
                  report.before().stream()
                      .filter(each -> each.table().equals(after.table()))
                      .findFirst()
                      .orElse(null);
              return "  "
                  + after.table()
                  + ": "
                  + Count.of(after.rows(), "row")
                  + until(after.settledTo())
                  + (before == null
                      ? ""
                      : " (before: " + before.rows() + until(before.settledTo()) + ")");
            })
        .toList();
  }

  private static String until(@Nullable Instant settled) {
    return settled == null
        ? ""
        : ", settled up to "
            + settled.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", "");
  }
}
