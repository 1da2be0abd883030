package dev.turntable.rightbrain;

import dev.turntable.rightbrain.RightbrainJson.Task;
import dev.turntable.rightbrain.TaskRevisionsTable.TaskRevision;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks take files, as far as the connection has seen their revisions. Safe for use by several
 * threads.
 */
final class FileModes {
  /** The mode of a revision that takes no file; all others need one with each run. */
  private static final String NONE = "none";

  private final Map<String, Modes> known = new ConcurrentHashMap<>();

  /**
   * The modes of one task.
   *
   * @param active those of the revisions that share its runs, of which the service picks one
   * @param byRevision those of all revisions
   */
  private record Modes(List<String> active, Map<String, String> byRevision) {}

  /** Keeps what a task says. A revision that says nothing is of a deployment that knows no modes. */
  void learn(Task task) {
    List<String> active = new ArrayList<>();
    Map<String, String> byRevision = new HashMap<>();
    for (TaskRevision each : TaskRevisionsTable.of(task)) {
      String mode = each.revision().fileInputMode();
      if (mode == null) {
        return;
      }
      byRevision.put(each.revision().id(), mode);
      if (each.weight() != null) {
        active.add(mode);
      }
    }
    known.put(task.id(), new Modes(List.copyOf(active), Map.copyOf(byRevision)));
  }

  boolean isKnown(String taskId) {
    return known.containsKey(taskId);
  }

  /** Returns whether no run of the task takes a file. */
  static boolean takesNone(Task task) {
    List<String> active =
        TaskRevisionsTable.of(task).stream()
            .filter(each -> each.weight() != null)
            .map(each -> String.valueOf(each.revision().fileInputMode()))
            .toList();
    return active.stream().allMatch(mode -> mode.equals(NONE) || mode.equals("null"));
  }

  /**
   * Checks whether a run has files exactly if its task takes some, as far as that is known.
   *
   * @param revisionId the revision that is to run, or null if the service picks one
   * @param files whether there are any
   * @throws TurntableException as {@link ErrorKind#MISSING_VALUE} or {@link ErrorKind#BAD_VALUE},
   *     naming the mode
   */
  void check(String table, String taskId, @Nullable String revisionId, boolean files) {
    Modes modes = known.get(taskId);
    if (modes == null) {
      return;
    }
    Collection<String> possible = modes.active();
    if (revisionId != null) {
      String mode = modes.byRevision().get(revisionId);
      possible = mode == null ? List.of() : List.of(mode);
    }
    if (possible.isEmpty()) {
      return;
    }
    String shown = String.join(", ", possible.stream().distinct().toList());
    if (files && possible.stream().allMatch(NONE::equals)) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE,
          table
              + ": the task '"
              + taskId
              + "' takes no files (file_input_mode '"
              + shown
              + "'); leave files out; nothing was sent");
    }
    if (!files && possible.stream().noneMatch(NONE::equals)) {
      throw new TurntableException(
          ErrorKind.MISSING_VALUE,
          table
              + ": the task '"
              + taskId
              + "' needs a file with each run (file_input_mode '"
              + shown
              + "'), and files is missing; nothing was run");
    }
  }
}
