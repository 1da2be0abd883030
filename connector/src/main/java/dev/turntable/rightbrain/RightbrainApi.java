package dev.turntable.rightbrain;

import dev.turntable.http.FilesRequestBody;
import dev.turntable.rightbrain.RightbrainJson.CreditReport;
import dev.turntable.rightbrain.RightbrainJson.ListPage;
import dev.turntable.rightbrain.RightbrainJson.NewRun;
import dev.turntable.rightbrain.RightbrainJson.Org;
import dev.turntable.rightbrain.RightbrainJson.Project;
import dev.turntable.rightbrain.RightbrainJson.Task;
import dev.turntable.rightbrain.RightbrainJson.TimingReport;
import dev.turntable.rightbrain.RightbrainJson.TokenReport;
import dev.turntable.rightbrain.RightbrainJson.UsageReport;
import dev.turntable.rightbrain.RightbrainJson.WhoAmI;
import java.util.Map;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.QueryMap;

/** The requests of the published API that Turntable sends, relative to the base URL. */
interface RightbrainApi {
  String PROJECT = "org/{org}/project/{project}/";

  /** What EXPLAIN shows; the dots stand for organization and project. */
  String TASKS = "GET .../task";

  String TASK = "GET .../task/{task_id}";
  String TASK_RUNS = "GET .../task/{task_id}/run";
  String TASK_RUN = "GET .../task/{task_id}/run/{id}";
  String PROJECT_RUNS = "GET .../task_run";
  String RUN = "POST .../task/{task_id}/run";

  @GET("whoami")
  Call<WhoAmI> whoami();

  @GET("org")
  Call<ListPage<Org>> orgs(@Query("page_limit") int pageLimit);

  @GET("org/{org}/project")
  Call<ListPage<Project>> projects(@Path("org") String org, @Query("page_limit") int pageLimit);

  @GET(PROJECT + "task")
  Call<ListPage<Task>> tasks(
      @Path("org") String org,
      @Path("project") String project,
      @QueryMap Map<String, String> parameters);

  @GET(PROJECT + "task/{task}")
  Call<Task> task(
      @Path("org") String org,
      @Path("project") String project,
      @Path("task") String task,
      @QueryMap Map<String, String> parameters);

  /** Newest first; has no time window. */
  @GET(PROJECT + "task/{task}/run")
  Call<ListPage<Run>> taskRuns(
      @Path("org") String org,
      @Path("project") String project,
      @Path("task") String task,
      @QueryMap Map<String, String> parameters);

  /** Of all tasks that are not deleted, in no documented order; without start_date seven days. */
  @GET(PROJECT + "task_run")
  Call<ListPage<Run>> projectRuns(
      @Path("org") String org,
      @Path("project") String project,
      @QueryMap Map<String, String> parameters);

  @GET(PROJECT + "task/{task}/run/{run}")
  Call<Run> taskRun(
      @Path("org") String org,
      @Path("project") String project,
      @Path("task") String task,
      @Path("run") String run);

  /** Runs the task and answers when the run has ended. */
  @POST(PROJECT + "task/{task}/run")
  Call<Run> run(
      @Path("org") String org,
      @Path("project") String project,
      @Path("task") String task,
      @QueryMap Map<String, String> parameters,
      @Body NewRun run);

  /** The same with files, in JSON or as a form. */
  @POST(PROJECT + "task/{task}/run")
  Call<Run> runWithFiles(
      @Path("org") String org,
      @Path("project") String project,
      @Path("task") String task,
      @QueryMap Map<String, String> parameters,
      @Body FilesRequestBody run);

  @GET(PROJECT + "task/{task}/token_report")
  Call<TokenReport> tokenReport(
      @Path("org") String org,
      @Path("project") String project,
      @Path("task") String task,
      @QueryMap Map<String, String> parameters);

  @GET(PROJECT + "task/{task}/credit_report")
  Call<CreditReport> creditReport(
      @Path("org") String org,
      @Path("project") String project,
      @Path("task") String task,
      @QueryMap Map<String, String> parameters);

  @GET(PROJECT + "task/{task}/timing_report")
  Call<TimingReport> timingReport(
      @Path("org") String org,
      @Path("project") String project,
      @Path("task") String task,
      @QueryMap Map<String, String> parameters);

  @GET(PROJECT + "task/{task}/usage_report")
  Call<UsageReport> usageReport(
      @Path("org") String org,
      @Path("project") String project,
      @Path("task") String task,
      @QueryMap Map<String, String> parameters);
}
