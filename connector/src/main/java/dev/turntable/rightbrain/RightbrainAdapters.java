package dev.turntable.rightbrain;

import static dev.turntable.http.Json.required;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import dev.turntable.http.Json;
import dev.turntable.rightbrain.RightbrainJson.CreditReport;
import dev.turntable.rightbrain.RightbrainJson.ListPage;
import dev.turntable.rightbrain.RightbrainJson.Org;
import dev.turntable.rightbrain.RightbrainJson.Pagination;
import dev.turntable.rightbrain.RightbrainJson.Project;
import dev.turntable.rightbrain.RightbrainJson.Revision;
import dev.turntable.rightbrain.RightbrainJson.Task;
import dev.turntable.rightbrain.RightbrainJson.TimingLine;
import dev.turntable.rightbrain.RightbrainJson.TimingReport;
import dev.turntable.rightbrain.RightbrainJson.TokenReport;
import dev.turntable.rightbrain.RightbrainJson.UsageLine;
import dev.turntable.rightbrain.RightbrainJson.UsageReport;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the answers of the API, and checks that what must be there is. */
final class RightbrainAdapters {
  private static final JsonReader.Options PAGE = JsonReader.Options.of("results", "pagination");

  private RightbrainAdapters() {}

  /** Made once: it looks the records up by reflection, which costs more than a request. */
  private static final class Shared {
    static final Moshi MOSHI = make();
  }

  static Moshi moshi() {
    return Shared.MOSHI;
  }

  private static Moshi make() {
    return Json.moshi()
        .add(Run.class, Json.adapter(RunFields::read))
        .add(pages())
        .add(checked(Task.class, Task::id, "id"))
        .add(checked(Task.class, Task::name, "name"))
        .add(checked(Revision.class, Revision::id, "id"))
        .add(checked(Org.class, Org::id, "id"))
        .add(checked(Project.class, Project::id, "id"))
        .add(checked(TokenReport.class, TokenReport::lines, "task_revisions"))
        .add(checked(CreditReport.class, CreditReport::lines, "task_revisions"))
        .add(checked(TimingReport.class, TimingReport::lines, "task_revisions"))
        .add(checked(UsageReport.class, UsageReport::lines, "task_revisions"))
        .add(checked(TimingLine.class, TimingLine::data, "data"))
        .add(checked(UsageLine.class, UsageLine::data, "data"))
        .build();
  }

  /** Reads a record as Moshi does, then looks whether a field is there. */
  private static <T> JsonAdapter.Factory checked(
      Class<T> type, Function<T, @Nullable Object> field, String name) {
    return new JsonAdapter.Factory() {
      @Override
      public @Nullable JsonAdapter<?> create(
          java.lang.reflect.Type wanted,
          java.util.Set<? extends java.lang.annotation.Annotation> annotations,
          Moshi moshi) {
        if (wanted != type || !annotations.isEmpty()) {
          return null;
        }
        JsonAdapter<T> plain = moshi.nextAdapter(this, type, annotations);
        return Json.adapter(
            reader -> {
              T value = plain.fromJson(reader);
              if (value != null) {
                required(field.apply(value), name, reader);
              }
              return value;
            });
      }
    };
  }

  private static JsonAdapter.Factory pages() {
    return (type, annotations, moshi) -> {
      if (Types.getRawType(type) != ListPage.class) {
        return null;
      }
      JsonAdapter<Object> element =
          moshi.adapter(((ParameterizedType) type).getActualTypeArguments()[0]);
      JsonAdapter<Pagination> pagination = moshi.adapter(Pagination.class);
      return Json.adapter(reader -> page(reader, element, pagination));
    };
  }

  private static ListPage<Object> page(
      JsonReader reader, JsonAdapter<Object> element, JsonAdapter<Pagination> paginations)
      throws IOException {
    List<Object> results = null;
    Pagination pagination = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(PAGE)) {
        case 0 -> results = list(reader, element);
        case 1 -> pagination = paginations.fromJson(reader);
        default -> {
          reader.skipName();
          reader.skipValue();
        }
      }
    }
    reader.endObject();
    return new ListPage<>(required(results, "results", reader), pagination);
  }

  private static List<Object> list(JsonReader reader, JsonAdapter<Object> element)
      throws IOException {
    List<Object> list = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      list.add(required(element.fromJson(reader), "element", reader));
    }
    reader.endArray();
    return list;
  }
}
