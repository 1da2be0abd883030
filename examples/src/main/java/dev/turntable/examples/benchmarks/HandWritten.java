package dev.turntable.examples.benchmarks;

import com.squareup.moshi.Moshi;
import dev.turntable.simulator.handinger.HandingerOptions;
import java.util.List;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;
import retrofit2.http.GET;
import retrofit2.http.Path;
import retrofit2.http.Query;

/** The client that a program without Turntable would have written. */
interface HandWritten {
  record Task(
      String id,
      @Nullable String title,
      @Nullable String status,
      @Nullable String triggeredBy,
      @Nullable String workerId,
      @Nullable String createdAt,
      @Nullable String completedAt,
      @Nullable Long credits,
      @Nullable Long durationMs,
      @Nullable Long turnCount,
      @Nullable String url) {}

  record TaskAnswer(Task task) {}

  record Entry(
      String id,
      @Nullable String workerId,
      @Nullable String taskId,
      @Nullable String taskTitle,
      @Nullable String createdAt,
      @Nullable Long durationMs,
      @Nullable String requestStatus,
      @Nullable Integer responseStatus,
      @Nullable String errorMessage,
      @Nullable String url) {}

  record EntryPage(List<Entry> logs, long pageCount) {}

  @GET("api/tasks/{id}")
  Call<TaskAnswer> task(@Path("id") String id);

  @GET("api/workers/{id}/webhook/executions")
  Call<EntryPage> entries(@Path("id") String worker, @Query("page") long page);

  static HandWritten at(String url) {
    OkHttpClient client =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain
                            .request()
                            .newBuilder()
                            .header("Authorization", "Bearer " + HandingerOptions.KEY)
                            .build()))
            .build();
    return new Retrofit.Builder()
        .baseUrl(url + "/")
        .client(client)
        .addConverterFactory(MoshiConverterFactory.create(new Moshi.Builder().build()))
        .build()
        .create(HandWritten.class);
  }
}
