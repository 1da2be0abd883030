package dev.turntable.jdbc.statement;

import dev.turntable.jdbc.RequestUsage;
import dev.turntable.source.RequestRecord;
import dev.turntable.source.StatementScope;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the last execution has cost, as its scope and the log of the connection tell it. */
interface ExecutionUsage extends RequestUsage {
  /** Returns the last execution, or null before the first. */
  @Nullable StatementScope lastExecution();

  @Override
  default long requests() {
    StatementScope last = lastExecution();
    return last == null ? 0 : last.requestCount();
  }

  @Override
  default long requestsLeft() {
    StatementScope last = lastExecution();
    return last == null ? 0 : last.stepsLeft().count();
  }

  @Override
  default boolean isAllLeft() {
    StatementScope last = lastExecution();
    return last != null && last.stepsLeft().isAll();
  }

  @Override
  default long rowsWritten() {
    StatementScope last = lastExecution();
    return last == null ? 0 : last.rowsWritten();
  }

  @Override
  default long rowsToWrite() {
    StatementScope last = lastExecution();
    return last == null ? 0 : last.rowsToWrite();
  }

  @Override
  default long shared() {
    return logged().filter(RequestRecord::shared).count();
  }

  @Override
  default long stored() {
    StatementScope last = lastExecution();
    return last == null ? 0 : last.storedRows();
  }

  @Override
  default Duration age() {
    StatementScope last = lastExecution();
    Instant oldest = last == null ? null : last.oldestStored();
    Duration age = oldest == null ? Duration.ZERO : Duration.between(oldest, Instant.now());
    return age.isNegative() ? Duration.ZERO : age;
  }

  @Override
  default Duration waited() {
    return Duration.ofMillis(logged().mapToLong(RequestRecord::waitedMs).sum());
  }

  /** Returns the requests of that execution which the connection still remembers. */
  default Stream<RequestRecord> logged() {
    StatementScope last = lastExecution();
    return last == null
        ? Stream.empty()
        : last.connection().log().records().stream()
            .filter(request -> request.statementId() == last.id());
  }
}
