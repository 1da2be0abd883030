package dev.turntable.rightbrain;

import dev.turntable.rightbrain.RightbrainJson.Task;
import dev.turntable.source.Coverage;
import dev.turntable.source.Fetch;
import dev.turntable.source.KeySet;
import dev.turntable.source.Page;
import dev.turntable.source.StatementScope;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The tasks that the project's list names, as far as a statement has seen them. The project's lists hold
 * nothing of deleted tasks; of those it names they are whole.
 */
final class ListedTasks implements KeySet {
  /** So many unknown ids are asked for one by one rather than looked for in the list. */
  private static final int FEW = 3;

  private final Rightbrain service;

  ListedTasks(Rightbrain service) {
    this.service = service;
  }

  /** What one statement has seen. */
  private static final class Seen {
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private volatile boolean whole;
  }

  /** Declares what a list of the project sees; told once on a connection. */
  Coverage coverage(String column) {
    return Coverage.of(
            column,
            this,
            "what Rightbrain lists, which leaves out deleted tasks and what belongs to them",
            "name a deleted task by " + column + " to read it")
        .toldOnce();
  }

  private Seen seen(StatementScope scope) {
    return scope.once(this, Seen::new);
  }

  /**
   * Keeps in mind the tasks that the rows of a list name.
   *
   * @param all whether the list, read page after page to its end, names every task that is listed
   */
  <T> Fetch<T> noting(Fetch<T> step, Function<T, String> task, boolean all) {
    return scope -> {
      Page<T> page = step.fetch(scope);
      Seen seen = seen(scope);
      page.rows().forEach(row -> seen.ids.add(task.apply(row)));
      seen.whole |= all && page.next().isEmpty();
      return new Page<>(
          page.rows(),
          page.next().stream().map(next -> noting(next, task, all)).toList(),
          page.anyOrder());
    };
  }

  @Override
  public Set<Object> missing(Set<Object> keys, StatementScope scope) {
    Seen seen = seen(scope);
    Set<Object> missing = new LinkedHashSet<>(keys);
    missing.removeIf(key -> seen.ids.contains(key) || !Ids.isPossible(key));
    if (missing.size() > FEW && !seen.whole) {
      PagedList<Task> tasks = service.tasksWithTests(TasksTable.NAME);
      while (!tasks.ended()) {
        tasks.next(scope).forEach(task -> seen.ids.add(task.id()));
      }
      seen.whole = true;
      missing.removeIf(key -> seen.ids.contains(key));
    }
    return missing;
  }

  @Override
  public boolean takesNotes() {
    return true;
  }

  @Override
  public void note(Set<Object> keys, StatementScope scope) {
    keys.forEach(key -> seen(scope).ids.add((String) key));
  }

  /** Few tasks are deleted. */
  @Override
  public boolean holdsMost() {
    return true;
  }
}
