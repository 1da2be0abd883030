package dev.turntable.http;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import okhttp3.ConnectionSpec;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;
import retrofit2.http.GET;
import retrofit2.http.Path;

/** One request through Retrofit, OkHttp and Moshi that is answered before it leaves. */
final class HttpWarmUp {
  private static final String ANSWER = "{\"text\": \"a\", \"number\": 1}";

  private static final JsonReader.Options NAMES = JsonReader.Options.of("text", "number");

  private HttpWarmUp() {}

  /** What an answer says. */
  record Entry(@Nullable String text, @Nullable Long number) {}

  private interface Api {
    @GET("entries/{id}")
    Call<Entry> get(@Path("id") String id);
  }

  private static Entry entry(JsonReader reader) throws IOException {
    String text = null;
    Long number = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        case 0 -> text = Json.string(reader);
        case 1 -> number = Json.integer(reader);
        default -> {
          reader.skipName();
          reader.skipValue();
        }
      }
    }
    reader.endObject();
    return new Entry(text, number);
  }

  /** Returns what was read of the answer. */
  static @Nullable Entry run() {
    OkHttpClient client =
        new OkHttpClient.Builder()
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .addInterceptor(
                chain ->
                    new Response.Builder()
                        .request(chain.request())
                        .protocol(Protocol.HTTP_1_1)
                        .code(200)
                        .message("OK")
                        .body(ResponseBody.create(ANSWER, MediaType.get("application/json")))
                        .build())
            .build();
    // Records are read by reflection, which the plainest reads do without.
    Moshi moshi = Json.moshi().add(Entry.class, Json.adapter(HttpWarmUp::entry)).build();
    Api api =
        new Retrofit.Builder()
            .baseUrl("http://127.0.0.1/")
            .client(client)
            .addConverterFactory(MoshiConverterFactory.create(moshi))
            .build()
            .create(Api.class);
    try {
      return api.get("a").execute().body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
