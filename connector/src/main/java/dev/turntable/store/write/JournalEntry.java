package dev.turntable.store.write;

import java.time.Instant;
import java.util.List;

/**
 * A write, as it is written down before anything is sent.
 *
 * @param write its name, unlike that of any other
 * @param table the qualified name of the table
 * @param kind {@code INSERT} or {@code DELETE}
 * @param values what it touches
 * @param beganAt when it was begun
 * @param overBy by when the service has carried it out or never will
 * @param evidence by what it can be told later whether it was carried out
 */
public record JournalEntry(
    String write,
    String table,
    Kind kind,
    List<String> values,
    Instant beganAt,
    Instant overBy,
    WriteEvidence evidence) {
  /** What stands for whatever was read. */
  public static final String EVERYTHING = "*";

  public enum Kind {
    INSERT,
    DELETE
  }

  /** What became of a write. */
  public enum Outcome {
    DONE,
    NOT_DONE,
    UNKNOWN
  }

  public JournalEntry {
    values = List.copyOf(values);
  }
}
