package dev.turntable.simulator.handinger;

import dev.turntable.simulator.server.JsonBody;
import dev.turntable.simulator.server.JsonOut;
import dev.turntable.simulator.server.Refusal;
import dev.turntable.simulator.server.ServiceRequest;
import java.util.List;
import java.util.Optional;

/** The operations below {@code /api/workers/{id}}. */
final class HandingerWorkersApi {
  private static final int PAGE_SIZE = 50;

  private final HandingerState state;

  HandingerWorkersApi(HandingerState state) {
    this.state = state;
  }

  byte[] handle(ServiceRequest request, boolean creator) {
    List<String> segments = request.segments();
    if (segments.size() < 3) {
      throw HandingerAccess.unknownPath();
    }
    HandingerWorker worker = HandingerAccess.worker(state, request.segment(2));
    String rest = String.join("/", segments.subList(3, segments.size()));
    if (rest.startsWith("webhook")) {
      HandingerAccess.requireCreator(creator);
    }
    return switch (request.method() + " " + (rest.startsWith("schedules/") ? "schedule" : rest)) {
      case "GET " -> run(worker, request.query("taskId"));
      case "GET email" -> JsonBody.member("email", worker.id() + "@workers.example.com");
      case "GET schedules" -> JsonBody.bytes(out -> schedules(out, worker));
      case "POST schedules" -> addSchedule(worker, HandingerBody.of(request));
      case "DELETE schedule" -> cancel(worker, request.segments());
      case "GET webhook" -> webhook(worker);
      case "PUT webhook" -> {
        worker.webhook(HandingerBody.of(request).webhookUrl(), state.token());
        yield webhook(worker);
      }
      case "DELETE webhook" -> {
        worker.webhook(null, "");
        yield webhook(worker);
      }
      case "POST webhook/regenerate-token" -> {
        worker.regenerate(state.token());
        yield webhook(worker);
      }
      case "GET webhook/executions" -> {
        int page = page(request.query("page").orElse("1"));
        yield JsonBody.bytes(out -> executions(out, worker.executions(), page));
      }
      default -> throw HandingerAccess.unknownPath();
    };
  }

  private byte[] run(HandingerWorker worker, Optional<String> taskId) {
    Optional<HandingerTask> task =
        taskId
            .or(worker::latestTask)
            .map(id -> HandingerAccess.task(state, id).task().orElseThrow());
    if (task.filter(found -> !found.workerId().equals(worker.id())).isPresent()) {
      throw new Refusal(404, "Task not found");
    }
    return JsonBody.bytes(
        out -> {
          if (task.isPresent()) {
            HandingerRunJson.run(out, worker.id(), task.get(), state.shape());
          } else {
            HandingerRunJson.idle(out, worker.id(), state.shape());
          }
        });
  }

  private static void schedules(JsonOut out, HandingerWorker worker) {
    out.beginObject();
    out.name("schedules").beginArray();
    for (HandingerSchedule schedule : worker.schedules()) {
      HandingerJson.schedule(out, schedule);
    }
    out.endArray();
    out.name("timezone").value("Europe/Madrid");
    out.name("workerId").value(worker.id());
    out.endObject();
  }

  private byte[] addSchedule(HandingerWorker worker, HandingerBody body) {
    String id = state.newDice("schedule").ulid("sch_");
    HandingerSchedule schedule = HandingerSchedules.parse(id, body, state.now());
    worker.add(schedule);
    return JsonBody.bytes(out -> HandingerJson.schedule(out, schedule));
  }

  private static byte[] cancel(HandingerWorker worker, List<String> segments) {
    if (segments.size() != 5 || !worker.cancel(segments.get(4))) {
      throw new Refusal(404, "Schedule not found");
    }
    return JsonBody.bytes(out -> out.beginObject().name("cancelled").value(true).endObject());
  }

  private static byte[] webhook(HandingerWorker worker) {
    return JsonBody.bytes(
        out -> {
          out.beginObject();
          out.name("token").value(worker.webhookToken().orElse(null));
          out.name("url").value(worker.webhookUrl().orElse(null));
          out.endObject();
        });
  }

  private static int page(String text) {
    try {
      int page = Integer.parseInt(text);
      if (page >= 1) {
        return page;
      }
    } catch (NumberFormatException e) {
      throw new Refusal(400, "page must be an integer, got " + text);
    }
    throw new Refusal(400, "page must be at least 1");
  }

  private static void executions(JsonOut out, List<HandingerExecution> all, int page) {
    long first = (page - 1L) * PAGE_SIZE;
    out.beginObject();
    out.name("logs").beginArray();
    for (long i = first; i < Math.min(first + PAGE_SIZE, all.size()); i++) {
      HandingerJson.execution(out, all.get((int) i));
    }
    out.endArray();
    out.name("page").value(page);
    out.name("pageCount").value((all.size() + PAGE_SIZE - 1) / PAGE_SIZE);
    out.name("totalCount").value(all.size());
    out.endObject();
  }
}
