package dev.turntable.handinger;

import dev.turntable.handinger.HandingerJson.Accepted;
import dev.turntable.handinger.HandingerJson.Archived;
import dev.turntable.handinger.HandingerJson.ExecutionPage;
import dev.turntable.handinger.HandingerJson.NewTask;
import dev.turntable.handinger.HandingerJson.ScheduleList;
import dev.turntable.handinger.HandingerJson.TaskAnswer;
import dev.turntable.handinger.HandingerJson.TurnList;
import dev.turntable.handinger.HandingerJson.Worker;
import dev.turntable.http.FilesRequestBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;

/** The requests of the published API that Turntable sends. */
interface HandingerApi {
  String TASK = "GET /api/tasks/{id}";
  String TURNS = "GET /api/tasks/{id}/turns";
  String CREATE = "POST /api/tasks";
  String ARCHIVE = "DELETE /api/tasks/{id}";
  String WORKER = "GET /api/workers/{id}";
  String SCHEDULES = "GET /api/workers/{worker_id}/schedules";
  String EXECUTIONS = "GET /api/workers/{worker_id}/webhook/executions";

  /** A task, until July 2026 with its turns. */
  @GET("api/tasks/{id}")
  Call<TaskAnswer> task(@Path("id") String id);

  /** The turns of a task, since July 2026. */
  @GET("api/tasks/{id}/turns")
  Call<TurnList> turns(@Path("id") String id);

  /** Runs a new task, or a new turn of an existing one, and answers when the run has ended. */
  @POST("api/tasks")
  Call<Accepted> create(@Body NewTask task);

  /** The same with files, as a form: scalar fields by their JSON names. */
  @POST("api/tasks")
  Call<Accepted> create(@Body FilesRequestBody form);

  @DELETE("api/tasks/{id}")
  Call<Archived> archive(@Path("id") String id);

  /** The state of a worker for one task, or for its latest. */
  @GET("api/workers/{id}")
  Call<Worker> worker(@Path("id") String id, @Query("taskId") @Nullable String taskId);

  @GET("api/workers/{id}/schedules")
  Call<ScheduleList> schedules(@Path("id") String workerId);

  /** Newest first, 50 per page, pages from 1. */
  @GET("api/workers/{id}/webhook/executions")
  Call<ExecutionPage> executions(@Path("id") String workerId, @Query("page") long page);
}
