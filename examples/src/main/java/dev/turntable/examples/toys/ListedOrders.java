package dev.turntable.examples.toys;

import dev.turntable.source.KeySet;
import dev.turntable.source.StatementScope;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids that the list of orders has named to a statement. What a statement names beyond them may be
 * archived, and is asked for by its id.
 */
final class ListedOrders implements KeySet {
  void note(String id, StatementScope scope) {
    named(scope).add(id);
  }

  private Set<String> named(StatementScope scope) {
    return scope.once(this, ConcurrentHashMap::newKeySet);
  }

  @Override
  public Set<Object> missing(Set<Object> keys, StatementScope scope) {
    Set<Object> missing = new LinkedHashSet<>(keys);
    missing.removeAll(named(scope));
    return missing;
  }

  /** Few orders are archived, so that many ids are had from the list for less. */
  @Override
  public boolean holdsMost() {
    return true;
  }
}
