package dev.turntable.simulator.handinger;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What changes at a worker: its webhook, the log of it, its schedules, its latest task. */
final class HandingerWorker {
  private final String id;
  private final List<HandingerExecution> seeded;
  private final List<HandingerExecution> added = new ArrayList<>();
  private final List<HandingerSchedule> schedules;
  private @Nullable String webhookUrl;
  private @Nullable String webhookToken;
  private @Nullable String latestTask;

  /**
   * @param seeded oldest first; not copied, it may be a list that computes its elements
   */
  HandingerWorker(
      String id,
      List<HandingerExecution> seeded,
      List<HandingerSchedule> schedules,
      Optional<String> latestTask) {
    this.id = id;
    this.seeded = seeded;
    this.schedules = new ArrayList<>(schedules);
    this.latestTask = latestTask.orElse(null);
  }

  String id() {
    return id;
  }

  /** The log as it is now, newest first. */
  synchronized List<HandingerExecution> executions() {
    List<HandingerExecution> more = List.copyOf(added);
    return new AbstractList<>() {
      @Override
      public HandingerExecution get(int index) {
        int fromOldest = size() - 1 - index;
        return fromOldest < seeded.size()
            ? seeded.get(fromOldest)
            : more.get(fromOldest - seeded.size());
      }

      @Override
      public int size() {
        return seeded.size() + more.size();
      }
    };
  }

  /** Calls that end at the same time may come here in another order than that of their times. */
  synchronized void log(HandingerExecution execution) {
    int at = added.size();
    while (at > 0 && added.get(at - 1).createdAt().isAfter(execution.createdAt())) {
      at--;
    }
    added.add(at, execution);
  }

  synchronized List<HandingerSchedule> schedules() {
    return List.copyOf(schedules);
  }

  synchronized void add(HandingerSchedule schedule) {
    schedules.add(schedule);
  }

  synchronized boolean cancel(String scheduleId) {
    return schedules.removeIf(schedule -> schedule.id().equals(scheduleId));
  }

  synchronized Optional<String> webhookUrl() {
    return Optional.ofNullable(webhookUrl);
  }

  synchronized Optional<String> webhookToken() {
    return Optional.ofNullable(webhookToken);
  }

  /** A token stays while only the URL changes; without a URL there is none. */
  synchronized void webhook(@Nullable String url, String newToken) {
    webhookUrl = url;
    if (url == null) {
      webhookToken = null;
    } else if (webhookToken == null) {
      webhookToken = newToken;
    }
  }

  synchronized void regenerate(String newToken) {
    webhookToken = newToken;
  }

  synchronized Optional<String> latestTask() {
    return Optional.ofNullable(latestTask);
  }

  synchronized void latestTask(String taskId) {
    latestTask = taskId;
  }
}
