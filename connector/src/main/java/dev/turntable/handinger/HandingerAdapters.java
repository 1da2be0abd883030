package dev.turntable.handinger;

import static dev.turntable.http.Json.required;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.Moshi;
import dev.turntable.handinger.HandingerJson.Accepted;
import dev.turntable.handinger.HandingerJson.Archived;
import dev.turntable.handinger.HandingerJson.Execution;
import dev.turntable.handinger.HandingerJson.ExecutionPage;
import dev.turntable.handinger.HandingerJson.Schedule;
import dev.turntable.handinger.HandingerJson.ScheduleList;
import dev.turntable.handinger.HandingerJson.TaskAnswer;
import dev.turntable.handinger.HandingerJson.Turn;
import dev.turntable.handinger.HandingerJson.TurnList;
import dev.turntable.handinger.HandingerJson.Worker;
import dev.turntable.http.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the envelopes of the API, and checks that what must be there is. */
final class HandingerAdapters {
  private HandingerAdapters() {}

  private static final class Shared {
    static final Moshi MOSHI = make();
  }

  /** Made once, and when needed: reflection makes dozens of classes and costs more than a request. */
  private static final class Records {
    static final JsonAdapter<Schedule> SCHEDULE;
    static final JsonAdapter<Worker> WORKER;

    static {
      Moshi moshi = Json.moshi().build();
      SCHEDULE = moshi.adapter(Schedule.class);
      WORKER = moshi.adapter(Worker.class);
    }
  }

  static Moshi moshi() {
    return Shared.MOSHI;
  }

  private static Moshi make() {
    return Json.moshi()
        .add(TaskAnswer.class, Json.adapter(HandingerAdapters::taskAnswer))
        .add(TurnList.class, Json.adapter(HandingerAdapters::turnList))
        .add(ExecutionPage.class, Json.adapter(HandingerAdapters::executionPage))
        .add(ScheduleList.class, Json.adapter(HandingerAdapters::scheduleList))
        .add(Worker.class, Json.adapter(HandingerAdapters::worker))
        .add(Archived.class, Json.adapter(HandingerAdapters::archived))
        .add(Accepted.class, Json.adapter(AcceptedFields::read))
        .build();
  }

  private static final JsonReader.Options TASK_ANSWER = JsonReader.Options.of("task", "turns");

  /** Reads {@code {task}}, {@code {task, turns}}, or a bare task. */
  private static TaskAnswer taskAnswer(JsonReader reader) throws IOException {
    TaskFields task = null;
    TaskFields bare = new TaskFields();
    List<Turn> turns = null;
    reader.beginObject();
    while (reader.hasNext()) {
      if (bare.read(reader)) {
        continue;
      }
      switch (reader.selectName(TASK_ANSWER)) {
        case 0 -> task = TaskFields.of(reader);
        case 1 -> turns = turns(reader);
        default -> skip(reader);
      }
    }
    reader.endObject();
    if (task == null && !bare.isTask()) {
      throw new JsonDataException("Required value 'task' missing at " + reader.getPath());
    }
    return new TaskAnswer((task == null ? bare : task).task(reader), turns);
  }

  private static @Nullable List<Turn> turns(JsonReader reader) throws IOException {
    return reader.peek() == JsonReader.Token.NULL
        ? reader.nextNull()
        : list(reader, TurnFields::read);
  }

  private static final JsonReader.Options TURN_LIST = JsonReader.Options.of("taskId", "items");

  private static TurnList turnList(JsonReader reader) throws IOException {
    String taskId = null;
    List<Turn> items = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(TURN_LIST)) {
        case 0 -> taskId = Json.string(reader);
        case 1 -> items = list(reader, TurnFields::read);
        default -> skip(reader);
      }
    }
    reader.endObject();
    return new TurnList(taskId, required(items, "items", reader));
  }

  private static final JsonReader.Options EXECUTION_PAGE =
      JsonReader.Options.of("logs", "pageCount", "totalCount");

  private static ExecutionPage executionPage(JsonReader reader) throws IOException {
    List<Execution> logs = null;
    Long pageCount = null;
    Long totalCount = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(EXECUTION_PAGE)) {
        case 0 -> logs = list(reader, ExecutionFields::read);
        case 1 -> pageCount = Json.integer(reader);
        case 2 -> totalCount = Json.integer(reader);
        default -> skip(reader);
      }
    }
    reader.endObject();
    return new ExecutionPage(
        required(logs, "logs", reader),
        required(pageCount, "pageCount", reader),
        required(totalCount, "totalCount", reader));
  }

  private static final JsonReader.Options SCHEDULE_LIST =
      JsonReader.Options.of("schedules", "timezone");

  private static ScheduleList scheduleList(JsonReader reader) throws IOException {
    List<Schedule> schedules = null;
    String timezone = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(SCHEDULE_LIST)) {
        case 0 -> schedules = list(reader, HandingerAdapters::schedule);
        case 1 -> timezone = Json.string(reader);
        default -> skip(reader);
      }
    }
    reader.endObject();
    return new ScheduleList(required(schedules, "schedules", reader), timezone);
  }

  private static Schedule schedule(JsonReader reader) throws IOException {
    Schedule schedule = required(Records.SCHEDULE.fromJson(reader), "schedule", reader);
    required(schedule.id(), "id", reader);
    return schedule;
  }

  private static Worker worker(JsonReader reader) throws IOException {
    Worker worker = required(Records.WORKER.fromJson(reader), "worker", reader);
    required(worker.id(), "id", reader);
    return worker;
  }

  private static final JsonReader.Options ARCHIVED = JsonReader.Options.of("archived");

  private static Archived archived(JsonReader reader) throws IOException {
    Boolean archived = null;
    reader.beginObject();
    while (reader.hasNext()) {
      if (reader.selectName(ARCHIVED) == 0) {
        archived = Json.bool(reader);
      } else {
        skip(reader);
      }
    }
    reader.endObject();
    return new Archived(required(archived, "archived", reader));
  }

  /** Reads an array of records; a null among them is an error. */
  static <T> List<T> list(JsonReader reader, Json.ValueReader<T> values) throws IOException {
    List<T> list = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      list.add(required(values.read(reader), "element", reader));
    }
    reader.endArray();
    return list;
  }

  /** Skips a field that is not known. */
  static void skip(JsonReader reader) throws IOException {
    reader.skipName();
    reader.skipValue();
  }
}
