package dev.turntable.rightbrain;

import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import dev.turntable.http.AnyJson;
import dev.turntable.rightbrain.RightbrainJson.ListPage;
import java.lang.reflect.Type;
import java.util.List;

/** Any bytes are an answer of Rightbrain or a failure of the two kinds that are expected. */
public final class RightbrainJsonFuzz {
  private static final Moshi MOSHI = RightbrainAdapters.moshi();

  private static final List<Type> TYPES =
      List.of(
          Run.class,
          RightbrainJson.Task.class,
          RightbrainJson.WhoAmI.class,
          RightbrainJson.Minted.class,
          RightbrainJson.TokenReport.class,
          RightbrainJson.CreditReport.class,
          RightbrainJson.TimingReport.class,
          RightbrainJson.UsageReport.class,
          page(Run.class),
          page(RightbrainJson.Task.class));

  private RightbrainJsonFuzz() {}

  private static Type page(Class<?> row) {
    return Types.newParameterizedTypeWithOwner(RightbrainJson.class, ListPage.class, row);
  }

  /** The bytes are read as every type in turn. */
  public static void fuzzerTestOneInput(byte[] data) {
    for (Type type : TYPES) {
      AnyJson.read(MOSHI, type, data);
    }
  }
}
