package dev.turntable.store;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.NotReturnedException;
import dev.turntable.source.Secrets;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import dev.turntable.source.UnsettledWriteException;
import dev.turntable.store.file.JsonText;
import dev.turntable.store.file.Waiting;
import dev.turntable.store.read.SourceStore;
import dev.turntable.store.table.StoreAccount;
import dev.turntable.store.write.Change;
import dev.turntable.store.write.Journal;
import dev.turntable.store.write.JournalEntry;
import dev.turntable.store.write.StoreWriter;
import dev.turntable.store.write.WriteEvidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes down every write to one table before anything is sent and what became of it afterwards, so
 * that all connections with the store ask anew for what it touches.
 *
 * @param table the qualified name of the table
 */
record WriteJournal(SourceStore store, String table) {
  /** Longer texts name nothing. */
  private static final int LONGEST_ID = 255;

  /**
   * Writes, between the two notes.
   *
   * @param values what is touched, as far as the statement tells
   * @param evidence by what it can be told later whether the write was carried out
   * @param made what the write made, as the answer tells: first the key of the row
   * @throws TurntableException if the first note cannot be committed; nothing is sent then
   */
  <R> R noted(
      JournalEntry.Kind kind,
      List<String> values,
      WriteEvidence evidence,
      StatementScope scope,
      Supplier<R> write,
      Function<R, ? extends List<? extends @Nullable Object>> made) {
    StoreAccount account = store.account(scope);
    List<String> named = withoutKeys(values, scope);
    WriteEvidence kept = withoutKeys(evidence, scope);
    JournalEntry entry = begin(account, kind, named, kept, scope);
    Set<String> touched = new LinkedHashSet<>(named);
    JournalEntry.Outcome outcome = JournalEntry.Outcome.UNKNOWN;
    @Nullable String key = kept.key();
    try {
      R result = write.get();
      List<? extends @Nullable Object> known = made.apply(result);
      touched.addAll(withoutKeys(ids(known), scope));
      if (!known.isEmpty() && known.get(0) instanceof String first) {
        key = withoutKeys(List.of(first), scope).isEmpty() ? null : first;
      }
      outcome = JournalEntry.Outcome.DONE;
      return result;
    } catch (NotReturnedException e) {
      outcome = JournalEntry.Outcome.DONE;
      throw e;
    } catch (UnsettledWriteException e) {
      StoreWriter.of(store.file())
          .add(List.of(new Change.FoundBefore(account, entry.write(), e.earlier())));
      throw e;
    } catch (TurntableException e) {
      if (e.kind() != ErrorKind.OUTCOME_UNKNOWN && e.kind() != ErrorKind.INTERNAL) {
        outcome = JournalEntry.Outcome.NOT_DONE;
      }
      throw e;
    } finally {
      end(
          new Change.Written(
              account, entry.write(), List.copyOf(touched), store.clock().instant(), outcome, key),
          scope);
    }
  }

  /** A key in the place of an id is not written down. */
  private static List<String> withoutKeys(List<String> values, StatementScope scope) {
    Secrets secrets = scope.connection().secrets();
    return values.stream().filter(value -> secrets.mask(value).equals(value)).toList();
  }

  private static WriteEvidence withoutKeys(WriteEvidence evidence, StatementScope scope) {
    List<@Nullable String> ids = new ArrayList<>();
    ids.add(evidence.key());
    ids.add(evidence.trace() == null ? null : evidence.trace().parent());
    List<String> named = ids.stream().filter(Objects::nonNull).toList();
    return withoutKeys(named, scope).size() == named.size() ? evidence : WriteEvidence.NONE;
  }

  private JournalEntry begin(
      StoreAccount account,
      JournalEntry.Kind kind,
      List<String> values,
      WriteEvidence evidence,
      StatementScope scope) {
    Instant now = store.clock().instant();
    JournalEntry entry =
        new JournalEntry(
            UUID.randomUUID().toString(),
            table,
            kind,
            values,
            now,
            now.plus(store.longestRun()),
            evidence);
    StoreWriter writer = StoreWriter.of(store.file());
    writer.add(List.of(new Change.Intended(account, entry)));
    try {
      writer.flush(store.waiting(scope));
    } catch (TurntableException e) {
      writer.add(
          List.of(
              new Change.Written(
                  account, entry.write(), values, now, JournalEntry.Outcome.NOT_DONE, null)));
      throw e;
    }
    warnOfUnsettled(account, values, now, scope);
    return entry;
  }

  /** Who writes again what may have been carried out should know. */
  private void warnOfUnsettled(
      StoreAccount account, List<String> values, Instant now, StatementScope scope) {
    if (values.stream().allMatch(JournalEntry.EVERYTHING::equals)) {
      return; // as of a new task: no earlier write can have touched it
    }
    for (Journal.Unsettled each :
        scope.once(new EarlierWrites(account), Earlier::new).of(this, account, now, scope)) {
      if (each.table().equals(table) && each.touches(values)) {
        scope.warn(table + ": it is not known whether an earlier write was carried out: " + each);
      }
    }
  }

  private record EarlierWrites(StoreAccount account) {}

  /** What was open when the first row of a statement was written, which is read once. */
  private static final class Earlier {
    private @Nullable List<Journal.Unsettled> known;

    synchronized List<Journal.Unsettled> of(
        WriteJournal journal, StoreAccount account, Instant now, StatementScope scope) {
      List<Journal.Unsettled> unsettled = known;
      if (unsettled == null) {
        unsettled =
            journal
                .store()
                .file()
                .read(
                    journal.store().waiting(scope),
                    connection ->
                        new Journal(connection, account.number(connection)).unsettled(now));
        known = unsettled;
      }
      return unsettled;
    }
  }

  /** Goes on after the statement has ended: what was sent may have been carried out. */
  private void end(Change.Written written, StatementScope scope) {
    StoreWriter writer = StoreWriter.of(store.file());
    writer.add(List.of(written));
    try {
      writer.flush(Waiting.patient(store.settings().longestWait()));
    } catch (TurntableException e) {
      scope.warn("other processes may for a moment see rows as they were: " + e.getMessage());
    }
  }

  /** Returns those values that may be ids. */
  static List<String> ids(Iterable<? extends @Nullable Object> values) {
    List<String> ids = new ArrayList<>();
    for (Object value : values) {
      if (value instanceof String text
          && !text.isEmpty()
          && text.length() <= LONGEST_ID
          && text.chars().noneMatch(c -> Character.isWhitespace(c) || c == ',')
          && JsonText.isKept(text)) {
        ids.add(text);
      }
    }
    return ids;
  }
}
