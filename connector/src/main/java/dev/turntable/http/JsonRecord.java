package dev.turntable.http;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of an answer of {@link JsonApi}, with members of the types that a table expects. What
 * does not fit is a {@link TurntableException} of kind {@link ErrorKind#BAD_ANSWER} that names the table
 * and the member.
 */
public final class JsonRecord {
  private final String table;
  private final Map<?, ?> members;

  private JsonRecord(String table, Map<?, ?> members) {
    this.table = table;
    this.members = members;
  }

  /**
   * Returns an object.
   *
   * @param table the qualified name of the table that it is for, for messages
   */
  public static JsonRecord of(String table, @Nullable Object json) {
    if (json instanceof Map<?, ?> members) {
      return new JsonRecord(table, members);
    }
    throw new TurntableException(
        ErrorKind.BAD_ANSWER, table + ": the answer has " + kind(json) + " in place of an object");
  }

  /** Returns the objects of an array. */
  public static List<JsonRecord> list(String table, @Nullable Object json) {
    if (json instanceof List<?> elements) {
      return elements.stream().map(element -> of(table, element)).toList();
    }
    throw new TurntableException(
        ErrorKind.BAD_ANSWER, table + ": the answer has " + kind(json) + " in place of an array");
  }

  /** Returns a member that is a text. */
  public String text(String name) {
    return member(name, String.class, "a text");
  }

  /** Returns a member that is a number. */
  public BigDecimal number(String name) {
    return member(name, BigDecimal.class, "a number");
  }

  /** Returns a member that is a whole number of 64 bits. */
  public long integer(String name) {
    try {
      return number(name).longValueExact();
    } catch (ArithmeticException e) {
      throw unfit(name, "a whole number of 64 bits");
    }
  }

  /** Returns a member that is a time in ISO 8601, with its offset. */
  public Instant time(String name) {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      throw unfit(name, "a time");
    }
  }

  /** Returns whether a member is there and not null. */
  public boolean has(String name) {
    return members.get(name) != null;
  }

  private <T> T member(String name, Class<T> type, String wanted) {
    Object value = members.get(name);
    if (!type.isInstance(value)) {
      throw unfit(name, wanted);
    }
    return type.cast(value);
  }

  private TurntableException unfit(String name, String wanted) {
    return new TurntableException(
        ErrorKind.BAD_ANSWER,
        table + ": the answer has " + kind(members.get(name)) + " for " + name + ", not " + wanted);
  }

  private static String kind(@Nullable Object json) {
    if (json == null) {
      return "nothing";
    }
    if (json instanceof Map) {
      return "an object";
    }
    if (json instanceof List) {
      return "an array";
    }
    return json instanceof String ? "a text" : json instanceof Boolean ? "a boolean" : "a number";
  }
}
