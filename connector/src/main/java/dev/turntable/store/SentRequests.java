package dev.turntable.store;

import dev.turntable.source.ConnectionScope;
import dev.turntable.source.RequestLog;
import dev.turntable.source.RequestRecord;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import dev.turntable.store.file.StoreFile;
import dev.turntable.store.file.Waiting;
import dev.turntable.store.read.SourceStore;
import dev.turntable.store.table.StoreAccount;
import dev.turntable.store.write.Change;
import dev.turntable.store.write.RequestTable;
import dev.turntable.store.write.StoreWriter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the requests of one connection, without the literals of their statements, and tells those of
 * the other connections of its accounts. Safe for use by several threads.
 */
final class SentRequests {
  /** Of an account that is not known yet, no more wait to be kept. */
  private static final int MOST_WAITING = 1_000;

  private final StoreFile file;
  private final List<SourceStore> sources;
  private final UnaryOperator<String> withoutLiterals;
  private final Deque<Unwritten> waiting = new ArrayDeque<>();
  private boolean any;
  private String lastSql = "";
  private String lastShape = "";

  private record Unwritten(RequestRecord request, long number) {}

  /**
   * @param sources those of the connection, as far as they are open
   */
  SentRequests(StoreFile file, List<SourceStore> sources, UnaryOperator<String> withoutLiterals) {
    this.file = file;
    this.sources = sources;
    this.withoutLiterals = withoutLiterals;
  }

  /** Keeps a request that was sent, as soon as it is known whose it is. */
  synchronized void add(RequestRecord request, long number) {
    if (request.shared()) {
      return; // it was never sent
    }
    waiting.addLast(new Unwritten(withoutLiterals(request), number));
    keep();
    if (waiting.size() > MOST_WAITING) {
      waiting.removeFirst();
    }
  }

  /** The requests of a statement share its text. */
  private RequestRecord withoutLiterals(RequestRecord request) {
    if (!request.sql().equals(lastSql)) {
      lastSql = request.sql();
      lastShape = withoutLiterals.apply(lastSql);
    }
    return request.withSql(lastShape);
  }

  /** Writes down what waits and whose account is known by now. */
  synchronized void keep() {
    List<Change> known = new ArrayList<>();
    waiting.removeIf(
        each -> {
          StoreAccount account = account(each.request().source());
          if (account != null) {
            known.add(new Change.Sent(account, each.request(), each.number()));
          }
          return account != null;
        });
    any |= !known.isEmpty();
    StoreWriter.of(file).add(known);
  }

  /** Keeps what is left, and forgets what is too old if there is anything to be written at all. */
  synchronized void close(Instant oldest) {
    keep();
    for (SourceStore source : sources) {
      StoreAccount account = any ? source.knownAccount() : null;
      if (account != null) {
        StoreWriter.of(file).add(List.of(new Change.ForgottenRequests(account, oldest)));
      }
    }
  }

  private @Nullable StoreAccount account(String source) {
    for (SourceStore each : sources) {
      if (each.service().equals(source)) {
        return each.knownAccount();
      }
    }
    return null;
  }

  /** Returns what can be told of the accounts of the connection, oldest first. */
  List<RequestRecord> all(ConnectionScope connection, Instant since, StatementScope statement) {
    keep();
    RequestLog.Kept kept = connection.log().kept();
    List<RequestRecord> all = new ArrayList<>();
    try {
      for (SourceStore source : sources) {
        StoreAccount account = source.knownAccount();
        if (account == null) {
          statement.warn(
              "turntable.requests: those of earlier connections to "
                  + source.service()
                  + " are shown once the account is known, after the first request that needs it");
        } else {
          all.addAll(stored(source, account, since, connection.id(), kept, statement));
        }
      }
    } catch (TurntableException e) {
      statement.ensureOpen();
      statement.warn(
          "turntable.requests: only those of this connection, since the store cannot be read: "
              + e.getMessage());
    }
    all.addAll(kept.records());
    all.sort(Comparator.comparing(RequestRecord::startedAt));
    return all;
  }

  private List<RequestRecord> stored(
      SourceStore source,
      StoreAccount account,
      Instant since,
      String connectionId,
      RequestLog.Kept kept,
      StatementScope statement) {
    Waiting patience = source.waiting(statement);
    StoreWriter.of(file).flush(patience);
    return file.read(
        patience,
        open -> {
          Integer number = account.find(open);
          return number == null
              ? List.<RequestRecord>of()
              : new RequestTable(open).read(number, source.service(), since, connectionId, kept);
        });
  }
}
