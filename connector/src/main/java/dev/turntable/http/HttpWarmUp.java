package dev.turntable.http;

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

  private HttpWarmUp() {}

  /** Public, as Moshi asks of records. */
  public record Entry(String text, Long number) {}

  private interface Api {
    @GET("entries/{id}")
    Call<Entry> get(@Path("id") String id);
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
    Moshi moshi = Json.moshi().build();
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
