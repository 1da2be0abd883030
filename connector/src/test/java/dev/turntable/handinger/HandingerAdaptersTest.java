package dev.turntable.handinger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import dev.turntable.handinger.HandingerJson.Archived;
import dev.turntable.handinger.HandingerJson.ExecutionPage;
import dev.turntable.handinger.HandingerJson.NewTask;
import dev.turntable.handinger.HandingerJson.ScheduleList;
import dev.turntable.handinger.HandingerJson.Task;
import dev.turntable.handinger.HandingerJson.TaskAnswer;
import dev.turntable.handinger.HandingerJson.Turn;
import dev.turntable.handinger.HandingerJson.TurnList;
import dev.turntable.handinger.HandingerJson.Worker;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandingerAdaptersTest {
  private final Moshi moshi = HandingerAdapters.moshi();

  private <T> T read(Class<T> type, String json) throws IOException {
    return moshi.adapter(type).fromJson(json);
  }

  @Test
  void readsATaskWithAndWithoutItsTurns() throws IOException {
    assertThat(read(TaskAnswer.class, "{\"task\":{\"id\":\"t\"}}").turns()).isNull();
    assertThat(read(TaskAnswer.class, "{\"task\":{\"id\":\"t\"},\"turns\":null}").turns()).isNull();
    assertThat(read(TaskAnswer.class, "{\"turns\":[],\"task\":{\"id\":\"t\"}}").turns()).isEmpty();
    assertThat(
            read(TaskAnswer.class, "{\"task\":{\"id\":\"t\"},\"turns\":[{\"id\":\"u\"}]}").turns())
        .extracting(Turn::id)
        .containsExactly("u");
  }

  @Test
  void readsABareTaskToo() throws IOException {
    assertThat(read(TaskAnswer.class, "{\"id\":\"t\",\"status\":\"running\"}").task().status())
        .isEqualTo("running");
  }

  @Test
  void toleratesWhatTheServiceMayLeaveOutAddOrChange() throws IOException {
    Task task =
        read(
                TaskAnswer.class,
                "{\"task\":{\"id\":\"t\",\"status\":\"dreaming\",\"completedAt\":null,"
                    + "\"createdAt\":\"2026-05-11T09:14:22\",\"more\":{\"a\":[1]},"
                    + "\"totals\":{\"credits\":42.0,\"more\":1}},\"more\":[]}")
            .task();
    assertThat(task)
        .isEqualTo(
            new Task(
                "t",
                null,
                "dreaming",
                null,
                null,
                null,
                null,
                Instant.parse("2026-05-11T09:14:22Z"),
                null,
                42L,
                null,
                null,
                null));
    assertThat(read(TaskAnswer.class, "{\"task\":{\"id\":\"t\",\"totals\":null}}").task().credits())
        .isNull();
    assertThat(read(ScheduleList.class, "{\"schedules\":[],\"workerId\":\"w\"}").timezone())
        .isNull();
    assertThat(read(Worker.class, "{\"id\":\"w\",\"usage\":{\"durationMs\":5}}").usage().credits())
        .isNull();
  }

  @Test
  void keepsStructuredOutputExactly() throws IOException {
    Turn turn =
        read(
                TurnList.class,
                "{\"items\":[{\"id\":\"u\",\"structuredOutput\":{\"n\" : 0.10000000000000000001},"
                    + "\"files\": [ ]}]}")
            .items()
            .get(0);
    assertThat(turn.structuredOutput()).isEqualTo("{\"n\":0.10000000000000000001}");
    assertThat(turn.files()).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"task\":null}",
        "{\"task\":[]}",
        "{\"task\":{}}",
        "{\"task\":{\"id\":null}}",
        "{\"task\":{\"id\":7}}",
        "{\"id\":\"t\"}",
        "{\"error\":\"x\"}",
        "{\"task\":{\"id\":\"t\"},\"turns\":{}}",
        "{\"task\":{\"id\":\"t\"},\"turns\":[null]}",
        "{\"task\":{\"id\":\"t\"},\"turns\":[{}]}",
        "{\"task\":{\"id\":\"t\",\"totals\":[]}}",
        "{\"task\":{\"id\":\"t\",\"createdAt\":\"soon\"}}",
      })
  void aTaskOfAnotherShapeIsAnError(String json) {
    assertThatThrownBy(() -> read(TaskAnswer.class, json)).isInstanceOf(JsonDataException.class);
  }

  @Test
  void otherAnswersOfAnotherShapeAreErrorsToo() {
    assertThatThrownBy(() -> read(TurnList.class, "{\"taskId\":\"t\"}"))
        .isInstanceOf(JsonDataException.class);
    assertThatThrownBy(() -> read(ExecutionPage.class, "{\"logs\":[],\"pageCount\":1}"))
        .isInstanceOf(JsonDataException.class);
    assertThatThrownBy(
            () ->
                read(
                    ExecutionPage.class,
                    "{\"logs\":[{\"id\":\"e\"}],\"pageCount\":1,\"totalCount\":1}"))
        .hasMessageContaining("createdAt");
    assertThatThrownBy(() -> read(ScheduleList.class, "{}")).isInstanceOf(JsonDataException.class);
    assertThatThrownBy(() -> read(Worker.class, "{}")).isInstanceOf(JsonDataException.class);
    assertThatThrownBy(() -> read(Archived.class, "{\"deleted\":true}"))
        .isInstanceOf(JsonDataException.class);
  }

  @Test
  void creditsAreWholeNumbers() {
    assertThatThrownBy(
            () -> read(TaskAnswer.class, "{\"task\":{\"id\":\"t\",\"totals\":{\"credits\":4.5}}}"))
        .hasMessageContaining("$.task.totals.credits");
  }

  @Test
  void writesOnlyWhatIsGiven() {
    assertThat(moshi.adapter(NewTask.class).toJson(new NewTask("say \"hi\"", null, "t", null)))
        .isEqualTo("{\"input\":\"say \\\"hi\\\"\",\"taskId\":\"t\"}");
  }
}
