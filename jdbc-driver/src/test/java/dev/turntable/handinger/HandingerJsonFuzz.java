package dev.turntable.handinger;

import com.squareup.moshi.Moshi;
import dev.turntable.http.AnyJson;
import java.util.List;

/** Any bytes are an answer of Handinger or a failure of the two kinds that are expected. */
public final class HandingerJsonFuzz {
  private static final Moshi MOSHI = HandingerAdapters.moshi();

  private static final List<Class<?>> TYPES =
      List.of(
          HandingerJson.TaskAnswer.class,
          HandingerJson.TurnList.class,
          HandingerJson.ExecutionPage.class,
          HandingerJson.ScheduleList.class,
          HandingerJson.Worker.class,
          HandingerJson.Archived.class,
          HandingerJson.Accepted.class);

  private HandingerJsonFuzz() {}

  /** The bytes are read as every type in turn. */
  public static void fuzzerTestOneInput(byte[] data) {
    for (Class<?> type : TYPES) {
      AnyJson.read(MOSHI, type, data);
    }
  }
}
