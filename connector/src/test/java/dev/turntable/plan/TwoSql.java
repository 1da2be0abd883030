package dev.turntable.plan;

import dev.turntable.plan.RandomScope.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One piece of SQL, as Turntable reads it and as a judge does. It is a tree, so that what a statement is
 * made of can be counted, and a statement that fails be reduced.
 */
final class TwoSql {
  /** Who reads a text. */
  enum Reader {
    /** Turntable: with parameters. */
    OURS,
    DUCKDB,
    POSTGRES
  }

  /**
   * A decimal with room on both sides of the point, for DuckDB: it gives a total 38 digits, and cuts
   * places where it meets a value that has more of them, so that 12.345 becomes 12.35; and it gives the
   * other value of LEAD the places of the first.
   */
  static final String DUCK_DECIMAL = "CAST(# AS DECIMAL(30, 12))";

  private static final List<Reader> READERS = List.of(Reader.values());

  /** One for each reader. */
  private final List<String> formats;

  private final List<TwoSql> parts;
  private final @Nullable String separator;
  private final @Nullable Object value;
  private final String construct;
  private final @Nullable TwoSql without;
  private final @Nullable Type type;

  private TwoSql(
      List<String> formats,
      List<TwoSql> parts,
      @Nullable String separator,
      @Nullable Object value,
      String construct,
      @Nullable TwoSql without,
      @Nullable Type type) {
    this.formats = formats;
    this.parts = parts;
    this.separator = separator;
    this.value = value;
    this.construct = construct;
    this.without = without;
    this.type = type;
  }

  private static TwoSql formatted(List<String> formats, TwoSql... parts) {
    return new TwoSql(formats, List.of(parts), null, null, "", null, null);
  }

  /** The same text in all; every {@code #} stands for the next part, {@code #2} for the second. */
  static TwoSql of(String format, TwoSql... parts) {
    return formatted(List.of(format, format, format), parts);
  }

  /** One text here, another for every judge, with the same parts. */
  static TwoSql of(String ours, String judges, TwoSql... parts) {
    return formatted(List.of(ours, judges, judges), parts);
  }

  /** A text for each, with the same parts. */
  static TwoSql of(String ours, String duck, String postgres, TwoSql... parts) {
    return formatted(List.of(ours, duck, postgres), parts);
  }

  /** A text of its own on each side, without parts. */
  static TwoSql each(String ours, String judges) {
    return of(ours, judges);
  }

  /** A parameter here, a literal there. */
  static TwoSql parameter(Object value, TwoSql literal) {
    List<String> formats = new ArrayList<>(literal.formats);
    formats.set(0, "?");
    return new TwoSql(
        List.copyOf(formats), List.of(), null, value, "parameter", null, literal.type);
  }

  /** Whole texts, one for each reader, with the values of the parameters of ours. */
  static TwoSql kept(List<String> texts, List<Object> values) {
    List<TwoSql> parts = new ArrayList<>();
    parts.add(formatted(texts));
    for (Object value : values) {
      parts.add(new TwoSql(List.of("", "", ""), List.of(), null, value, "", null, null));
    }
    return join("", parts);
  }

  /** A list, which a reduced statement may hold less of. */
  static TwoSql join(String separator, List<TwoSql> parts) {
    return new TwoSql(List.of(), List.copyOf(parts), separator, null, "", null, null);
  }

  /**
   * Marks this piece as one of a kind that is counted.
   *
   * @param without what the statement would say without it: if its rows are the same then, the construct
   *     was for nothing
   */
  TwoSql made(String kind, TwoSql without) {
    return new TwoSql(formats, parts, separator, value, kind, without, type);
  }

  /** Marks it as one of a kind that is only counted. */
  TwoSql made(String kind) {
    return new TwoSql(formats, parts, separator, value, kind, null, type);
  }

  TwoSql made(String kind, String without) {
    return made(kind, of(without));
  }

  /** Marks this piece as a value of a type, which only another one may take the place of. */
  TwoSql typed(@Nullable Type given) {
    return new TwoSql(formats, parts, separator, value, construct, without, given);
  }

  /** The type of the value that it is, or null if it is none. */
  @Nullable Type type() {
    return type;
  }

  /** The kind that it is counted as, or the empty text. */
  String construct() {
    return construct;
  }

  @Nullable TwoSql without() {
    return without;
  }

  List<TwoSql> parts() {
    return parts;
  }

  boolean isList() {
    return separator != null;
  }

  TwoSql withParts(List<TwoSql> others) {
    return new TwoSql(formats, List.copyOf(others), separator, value, construct, without, type);
  }

  /** Returns this tree with another piece in the place of one, which is found by identity. */
  TwoSql replaced(TwoSql piece, TwoSql by) {
    if (this == piece) {
      return by;
    }
    List<TwoSql> others = parts.stream().map(part -> part.replaced(piece, by)).toList();
    for (int i = 0; i < others.size(); i++) {
      if (others.get(i) != parts.get(i)) {
        return withParts(others);
      }
    }
    return this;
  }

  /** This piece and all below it, from the outside inwards. */
  void forEach(Consumer<TwoSql> consumer) {
    consumer.accept(this);
    parts.forEach(part -> part.forEach(consumer));
  }

  /** The kinds of constructs that it holds. */
  Set<String> constructs() {
    Set<String> kinds = new LinkedHashSet<>();
    forEach(
        piece -> {
          if (!piece.construct.isEmpty()) {
            kinds.add(piece.construct);
          }
        });
    return kinds;
  }

  String ours() {
    return text(Reader.OURS);
  }

  String duck() {
    return text(Reader.DUCKDB);
  }

  String text(Reader reader) {
    StringBuilder text = new StringBuilder();
    write(reader, text, new ArrayList<>());
    return text.toString();
  }

  /** The values of the parameters of our text, in its order. */
  List<Object> values() {
    List<Object> values = new ArrayList<>();
    write(Reader.OURS, new StringBuilder(), values);
    return List.copyOf(values);
  }

  private void write(Reader reader, StringBuilder text, List<Object> values) {
    if (value != null) {
      values.add(value);
    }
    if (separator != null) {
      for (int i = 0; i < parts.size(); i++) {
        text.append(i > 0 ? separator : "");
        parts.get(i).write(reader, text, values);
      }
      return;
    }
    String format = formats.get(READERS.indexOf(reader));
    if (parts.isEmpty()) {
      text.append(format);
      return;
    }
    int next = 0;
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '#') {
        text.append(c);
        continue;
      }
      boolean numbered = i + 1 < format.length() && Character.isDigit(format.charAt(i + 1));
      int part = numbered ? format.charAt(++i) - '1' : next++;
      if (part >= parts.size()) {
        throw new IllegalArgumentException(format + " does not take " + parts.size() + " parts");
      }
      parts.get(part).write(reader, text, values);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TwoSql sql
        && ours().equals(sql.ours())
        && values().equals(sql.values());
  }

  @Override
  public int hashCode() {
    return ours().hashCode();
  }

  @Override
  public String toString() {
    return ours();
  }
}
