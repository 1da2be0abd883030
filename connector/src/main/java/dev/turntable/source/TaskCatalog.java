package dev.turntable.source;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that an account is known to have, where the service lists none: remembered beyond the
 * connection if that has a store. Safe for use by several threads.
 */
public interface TaskCatalog {
  /** Remembers nothing. */
  TaskCatalog NONE =
      new TaskCatalog() {
        @Override
        public boolean isKept() {
          return false;
        }

        @Override
        public Known known(StatementScope scope) {
          return Known.NOTHING;
        }

        @Override
        public Known lastKnown() {
          return Known.NOTHING;
        }

        @Override
        public void named(String origin, String id, @Nullable String worker) {}

        @Override
        public void read(String id, Instant began, boolean found, @Nullable String worker) {}

        @Override
        public void archived(String id) {}

        @Override
        public void logRead(String worker, Instant began) {}

        @Override
        public void intended(
            String id, @Nullable String worker, Instant until, StatementScope scope) {}

        @Override
        public void withdrawn(String id) {}

        @Override
        public List<KnownTask> tasks() {
          return List.of();
        }
      };

  /** Returns whether anything is remembered. */
  boolean isKept();

  /**
   * What is known of the tasks of an account.
   *
   * @param ids those ever named, without the archived ones and those that the service did not know when
   *     it was last asked
   * @param archived the archived ones
   * @param logs the logs that name tasks, or null if none was ever read to its end
   * @param freshLogs the workers whose log was read to its end so lately that it need not be read again
   */
  record Known(List<String> ids, Set<String> archived, @Nullable Logs logs, Set<String> freshLogs) {
    /** No task was ever named. */
    public static final Known NOTHING = new Known(List.of(), Set.of(), null, Set.of());

    public Known {
      ids = List.copyOf(ids);
      archived = Set.copyOf(archived);
      freshLogs = Set.copyOf(freshLogs);
    }
  }

  /**
   * The logs of workers that were read to their end.
   *
   * @param workers how many
   * @param readAt when the reading of the one began that was not read for longest
   */
  record Logs(long workers, Instant readAt) {}

  /**
   * Returns what is known now.
   *
   * @throws TurntableException if that cannot be read
   */
  Known known(StatementScope scope);

  /**
   * Returns the same for estimates, without waiting for anybody: perhaps those of a moment ago, and null
   * if that cannot be read now.
   */
  @Nullable Known lastKnown();

  /**
   * Adds a task.
   *
   * @param origin what names it, as in {@link KnownTask}
   * @param worker its worker, or null if that is not known
   */
  void named(String origin, String id, @Nullable String worker);

  /** Keeps in mind what the service said of a task. */
  void read(String id, Instant began, boolean found, @Nullable String worker);

  /** Keeps in mind that a task was archived. */
  void archived(String id);

  /** Keeps in mind that the log of a worker was read to its end. */
  void logRead(String worker, Instant began);

  /**
   * Keeps in mind, before this returns, that a task is about to be created, of origin {@code created}:
   * whatever becomes of that, it will be looked for.
   *
   * @param until till when the service may not know it and yet have it
   * @throws TurntableException if that cannot be kept; nothing is to be sent then
   */
  void intended(String id, @Nullable String worker, Instant until, StatementScope scope);

  /** Forgets a task that was certainly not created. */
  void withdrawn(String id);

  /** Returns all tasks with their origins, the archived and unknown ones too. */
  List<KnownTask> tasks();
}
