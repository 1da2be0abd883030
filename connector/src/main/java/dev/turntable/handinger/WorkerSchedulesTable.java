package dev.turntable.handinger;

import dev.turntable.handinger.HandingerJson.Schedule;
import dev.turntable.handinger.HandingerJson.ScheduleList;
import dev.turntable.source.Column;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.TableDef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code worker_schedules}: when a worker will start tasks by itself. */
final class WorkerSchedulesTable {
  static final String NAME = Handinger.SCHEMA + ".worker_schedules";

  private WorkerSchedulesTable() {}

  /**
   * A schedule with what its list says.
   *
   * @param workerId the worker that was asked for
   * @param timezone the zone of the whole list; null before July 2026
   */
  record WorkerSchedule(String workerId, Schedule schedule, @Nullable String timezone) {}

  static TableDef<WorkerSchedule> of(Handinger service) {
    KeyedPath<WorkerSchedule> byWorker =
        KeyedPath.of(
            "by worker_id",
            List.of("worker_id"),
            KeyedPath.perKey(HandingerApi.SCHEDULES),
            (key, request, ends) -> List.of(step(service, (String) key.get(0), ends)));
    return TableDef.readOnly(
        "worker_schedules",
        "Schedules by which workers start tasks" + Handinger.KNOWN_WORKERS,
        COLUMNS,
        List.of("id"),
        List.of(byWorker, new ConfiguredPath<>(NAME, byWorker, service.known())));
  }

  private static Fetch<WorkerSchedule> step(
      Handinger service, String workerId, ExecutionLog.Ends ends) {
    return scope -> {
      ScheduleList list = service.calls().find(scope, NAME, service.api().schedules(workerId));
      if (list == null) {
        ends.unknown();
      }
      return Page.last(
          list == null
              ? List.of()
              : list.schedules().stream()
                  .map(schedule -> new WorkerSchedule(workerId, schedule, list.timezone()))
                  .toList());
    };
  }

  private static final List<Column<WorkerSchedule>> COLUMNS =
      List.of(
          Column.<WorkerSchedule>varchar("id", row -> row.schedule().id())
              .notNull()
              .remarks("Schedule id"),
          Column.varchar("worker_id", WorkerSchedule::workerId)
              .notNull()
              .remarks("The worker that will do the tasks"),
          Column.<WorkerSchedule>varchar("type", row -> row.schedule().type())
              .remarks("scheduled, delayed, cron or interval"),
          Column.<WorkerSchedule>varchar("budget", row -> row.schedule().budget())
              .remarks("low, standard, high or unlimited"),
          Column.<WorkerSchedule>varchar("input", row -> row.schedule().input())
              .remarks("What each task is to do"),
          Column.<WorkerSchedule>timestamp("next_run_at", row -> row.schedule().nextRunAt())
              .remarks("When it starts the next task, UTC"),
          Column.<WorkerSchedule>bigint("delay_in_seconds", row -> row.schedule().delayInSeconds())
              .remarks("For type delayed: how long after its creation, seconds"),
          Column.<WorkerSchedule>bigint("interval_seconds", row -> row.schedule().intervalSeconds())
              .remarks("For type interval: the time between tasks, seconds"),
          Column.<WorkerSchedule>varchar("cron", row -> row.schedule().cron())
              .remarks("For type cron: the expression"),
          Column.varchar("timezone", WorkerSchedule::timezone)
              .remarks("The time zone of the worker's schedules"));
}
