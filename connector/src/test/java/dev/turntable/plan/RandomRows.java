package dev.turntable.plan;

import dev.turntable.plan.RandomScope.Field;
import dev.turntable.plan.RandomScope.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Makes VALUES: a number of the row, a key of some table, and columns of further types, NULLs in all. */
final class RandomRows {
  private static final int FURTHER = 3;

  private final Random random;
  private final List<RandomSources.Table> tables;

  RandomRows(Random random, List<RandomSources.Table> tables) {
    this.random = random;
    this.tables = tables;
  }

  RandomSources.Source values(String alias) {
    Field like = like();
    int size = 2 + random.nextInt(4);
    List<Object> keys = new ArrayList<>();
    for (int i = 0; i < size - 1; i++) {
      keys.add(pick(like.samples()));
    }
    keys.add(like.type() == Type.TEXT ? "none" : -1L);
    List<Type> further = further();
    List<TwoSql> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      List<TwoSql> row = new ArrayList<>();
      row.add(TwoSql.of(String.valueOf(i)));
      row.add(i == 1 ? RandomLiterals.nothing(like.type()) : RandomLiterals.literal(keys.get(i)));
      row.add(TwoSql.of(String.valueOf(random.nextInt(4) - 1)));
      further.forEach(type -> row.add(cell(type)));
      rows.add(row(row));
    }
    List<Field> fields = new ArrayList<>();
    fields.add(
        new Field(
            TwoSql.of(alias + ".n").typed(Type.WHOLE), Type.WHOLE, "few", List.of(0L, 1L, 2L)));
    fields.add(
        new Field(TwoSql.of(alias + ".k").typed(like.type()), like.type(), like.domain(), keys));
    fields.add(
        new Field(TwoSql.of(alias + ".m").typed(Type.WHOLE), Type.WHOLE, "few", List.of(0L, 1L)));
    StringBuilder names = new StringBuilder("n, k, m");
    for (int i = 0; i < further.size(); i++) {
      String name = "f" + i;
      names.append(", ").append(name);
      Type type = further.get(i);
      fields.add(new Field(TwoSql.of(alias + "." + name).typed(type), type, "", samples(type)));
    }
    return new RandomSources.Source(
        TwoSql.of("(VALUES #) AS " + alias + " (" + names + ")", TwoSql.join(", ", rows)),
        new RandomScope(fields, List.of(TwoSql.of(alias + ".n")), size));
  }

  /** One row. Its cells are no list: all rows have as many. */
  static TwoSql row(List<TwoSql> cells) {
    return TwoSql.of(
        cells.stream().map(cell -> "#").collect(Collectors.joining(", ", "(", ")")),
        cells.toArray(new TwoSql[0]));
  }

  private Field like() {
    return pick(
        tables.stream()
            .flatMap(table -> table.columns().stream())
            .filter(column -> !column.samples().isEmpty() && !column.domain().isEmpty())
            .toList());
  }

  private List<Type> further() {
    List<Type> types = new ArrayList<>();
    int count = random.nextInt(FURTHER + 1);
    for (int i = 0; i < count; i++) {
      types.add(pick(List.of(Type.DATE, Type.DECIMAL, Type.TIME, Type.TRUTH, Type.DATE)));
    }
    return types;
  }

  private TwoSql cell(Type type) {
    if (random.nextInt(4) == 0) {
      return RandomLiterals.nothing(type);
    }
    Object value = type == Type.TRUTH ? (Object) random.nextBoolean() : pick(samples(type));
    return RandomLiterals.literal(value);
  }

  private static List<Object> samples(Type type) {
    return switch (type) {
      case DATE -> RandomLiterals.DATES;
      case TIME -> RandomLiterals.TIMES;
      case DECIMAL -> RandomLiterals.DECIMALS;
      default -> List.of();
    };
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
