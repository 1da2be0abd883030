package dev.turntable.simulator.handinger;

import java.util.List;
import java.util.Optional;

/** The data that a simulated Handinger starts with. Everything is computed when it is asked for. */
interface HandingerData {

  /** A task and how its answers look. */
  record Seeded(HandingerTask task, HandingerQuirks quirks) {}

  /** Ids of all tasks by index, the order of their creation. */
  List<String> taskIds();

  Seeded task(int index);

  List<String> workerIds();

  /** The id of the task of a worker that was created last. */
  Optional<String> latestTask(String workerId);

  /** A worker's webhook log, oldest first; empty for a worker without a webhook. */
  List<HandingerExecution> executions(String workerId);

  List<HandingerSchedule> schedules(String workerId);
}
