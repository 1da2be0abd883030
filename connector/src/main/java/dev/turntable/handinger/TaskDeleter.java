package dev.turntable.handinger;

import dev.turntable.http.HttpFailure;
import dev.turntable.source.Deleter;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.StatementScope;
import java.util.List;

/** Archives tasks: the service keeps them for audit but lists them no more. */
final class TaskDeleter implements Deleter {
  private final Handinger service;

  TaskDeleter(Handinger service) {
    this.service = service;
  }

  @Override
  public List<String> keys() {
    return List.of("id");
  }

  @Override
  public void check(List<List<Object>> keys) {
    keys.forEach(key -> Ids.checked(TasksTable.NAME, "id", key.get(0)));
  }

  @Override
  public List<RequestEstimate> estimate(long rows) {
    return List.of(RequestEstimate.exactly(HandingerApi.ARCHIVE, rows));
  }

  @Override
  public boolean delete(List<Object> key, StatementScope scope) {
    String id = Ids.checked(TasksTable.NAME, "id", key.get(0));
    try {
      boolean archived =
          service.calls().write(scope, TasksTable.NAME, service.api().archive(id)).archived();
      if (archived) {
        service.known().addArchived(id);
      }
      return archived;
    } catch (HttpFailure e) {
      if (e.status() == 404 && e.isOwn()) {
        return false;
      }
      throw e;
    }
  }
}
