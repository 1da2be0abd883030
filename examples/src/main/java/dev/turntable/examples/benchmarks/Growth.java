package dev.turntable.examples.benchmarks;

import dev.turntable.simulator.rightbrain.RightbrainOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the time per row stays the same where a list has many more rows, in little memory. */
final class Growth {
  private static final int FEW = 10_000;
  private static final int MANY = 160_000;
  private static final double MOST = 1.5;
  private static final int LOOPS = 3;
  private static final Pattern CURSOR = Pattern.compile("\"next_cursor\":\"([^\"]+)\"");

  private Growth() {}

  private static Map<String, String> statements() {
    Map<String, String> statements = new LinkedHashMap<>();
    statements.put("a scan", "SELECT id, created FROM task_runs");
    statements.put("GROUP BY id", "SELECT id, COUNT(*) FROM task_runs GROUP BY id");
    statements.put(
        "ORDER BY … LIMIT 20", "SELECT id FROM task_runs ORDER BY total_tokens DESC LIMIT 20");
    statements.put(
        "a window",
        "SELECT id, ROW_NUMBER() OVER (PARTITION BY task_id ORDER BY created) FROM task_runs");
    statements.put(
        "a self-join on id",
        "SELECT a.id, b.total_tokens FROM task_runs a JOIN task_runs b ON a.id = b.id");
    statements.put(
        "a semi-join on id",
        "SELECT id FROM task_runs WHERE id IN (SELECT id FROM task_runs WHERE NOT is_error)");
    return statements;
  }

  static List<Figure> measure() throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    try (Server few = Server.withRuns(FEW);
        Server many = Server.withRuns(MANY)) {
      figures.add(ofTheServiceItself(few, many));
      for (Map.Entry<String, String> each : statements().entrySet()) {
        Jvm.Run run =
            Jvm.turntable()
                .with("-Xmx256m")
                .run(GrowthMain.class, few.runsJdbcUrl(), many.runsJdbcUrl(), each.getValue());
        figures.add(
            figure(
                each.getKey() + " with -Xmx256m",
                run.figures("long"),
                run.figures("short"),
                "≤ " + Figure.number(MOST)));
      }
    }
    return figures;
  }

  private static Figure figure(String what, List<Long> many, List<Long> few, String target) {
    double perLong = Figure.median(many) / MANY;
    double perShort = Figure.median(few) / FEW;
    double ratio = perLong / perShort;
    return new Figure(
        "a row of 160,000 runs, " + what + "; a row of 10,000",
        Figure.time(perLong),
        Figure.time(perShort),
        Figure.number(ratio),
        target,
        ratio <= MOST);
  }

  /** The simulator must not be what grows, nor what hides that something does. */
  private static Figure ofTheServiceItself(Server few, Server many)
      throws IOException, InterruptedException {
    List<Long> longs = new ArrayList<>();
    List<Long> shorts = new ArrayList<>();
    HttpClient client = HttpClient.newHttpClient();
    loop(client, few, FEW);
    for (int i = 0; i < LOOPS; i++) {
      shorts.add(loop(client, few, FEW));
      longs.add(loop(client, many, MANY));
    }
    return figure("by a loop over the pages alone", longs, shorts, "");
  }

  private static long loop(HttpClient client, Server server, int runs)
      throws IOException, InterruptedException {
    String list = server.runsList() + "?page_limit=100&start_date=2020-01-01T00:00:00Z";
    long start = System.nanoTime();
    int pages = 0;
    String next = list;
    while (!next.isEmpty()) {
      Matcher cursor = CURSOR.matcher(get(client, next));
      next = cursor.find() ? list + "&cursor=" + cursor.group(1) : "";
      pages++;
    }
    if (pages < runs / 100) {
      throw new IOException("the list ended after " + pages + " pages");
    }
    return System.nanoTime() - start;
  }

  private static String get(HttpClient client, String url)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + RightbrainOptions.KEY)
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(url + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }
}
