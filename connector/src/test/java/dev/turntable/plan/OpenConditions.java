package dev.turntable.plan;

import dev.turntable.plan.OpenModel.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random conditions on one reference alone; those that bind a key tell the model so. */
final class OpenConditions {
  private final Random random;
  private final List<String> rightbrainTasks;

  OpenConditions(Random random, List<String> rightbrainTasks) {
    this.random = random;
    this.rightbrainTasks = rightbrainTasks;
  }

  /**
   * Conjuncts of a WHERE that every row of the reference must pass.
   *
   * @param keyed how many of ten statements bind the key
   */
  List<TwoSql> where(Reference reference, int keyed) {
    List<TwoSql> conjuncts = new ArrayList<>();
    if (reference.table().key().isPresent() && random.nextInt(10) < keyed) {
      conjuncts.add(key(reference, true));
    }
    if (random.nextInt(10) < 3) {
      conjuncts.add(local(reference));
    }
    conjuncts.forEach(each -> reference.alone(each.duck()));
    return conjuncts;
  }

  /** A condition that binds nothing. */
  TwoSql local(Reference reference) {
    String condition = pick(reference.table().conditions()).replace("@", reference.alias());
    return TwoSql.each(condition, condition);
  }

  /**
   * A condition on the key.
   *
   * @param conjunct whether it stands where every row must pass it
   */
  TwoSql key(Reference reference, boolean conjunct) {
    String name = reference.table().key().orElseThrow();
    TwoSql key = TwoSql.of(reference.alias() + "." + name);
    int form = random.nextInt(10);
    int count =
        form == 2 || form == 5 ? 1 + random.nextInt(6) : form == 6 ? 1 + random.nextInt(2) : 1;
    List<String> ids = ids(reference.table().domain(name), count);
    if (form <= 7) {
      reference.constants(name, ids.stream().map(id -> "'" + id + "'").toList());
      if (conjunct && form <= 5) {
        reference.pin();
      }
    }
    TwoSql one = value(ids.get(0));
    List<TwoSql> all = ids.stream().map(this::value).toList();
    return switch (form) {
      case 0 -> TwoSql.of("# = #", key, one);
      case 1 -> TwoSql.of("# = #", one, key);
      case 2 -> TwoSql.of("# IN (#)", key, TwoSql.join(", ", all));
      case 3 -> TwoSql.of("# BETWEEN # AND #", key, one, one);
      case 4 -> TwoSql.of("CAST(# AS VARCHAR) = #", key, one);
      case 5 ->
          TwoSql.of(
              "(#)",
              TwoSql.join(" OR ", all.stream().map(v -> TwoSql.of("# = #", key, v)).toList()));
      case 6 -> TwoSql.of("(# IN (#) OR #)", key, TwoSql.join(", ", all), local(reference));
      case 7 -> TwoSql.of("(# AND # = # OR #)", local(reference), key, one, local(reference));
      case 8 -> TwoSql.of("NOT (# = #)", key, one);
      default -> TwoSql.of("# NOT IN (#)", key, TwoSql.join(", ", all));
    };
  }

  private TwoSql value(String id) {
    return TwoSql.parameter(id, TwoSql.of("'" + id + "'"));
  }

  /** Ids of which most exist, known or not. */
  List<String> ids(String domain, int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(
          switch (domain) {
            case "T" ->
                random.nextInt(12) == 0
                    ? OpenService.GONE
                    : OpenService.id(random.nextInt(OpenService.TASKS));
            case "W" -> OpenService.worker(random.nextInt(OpenService.WORKERS));
            case "RT" -> pick(rightbrainTasks);
            default -> throw new IllegalArgumentException(domain);
          });
    }
    return ids;
  }

  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
