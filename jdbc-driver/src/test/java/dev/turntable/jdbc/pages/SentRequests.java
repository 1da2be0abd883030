package dev.turntable.jdbc.pages;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Requests in the order in which they were sent.
 *
 * @param lines method and URL, with ids left out
 */
record SentRequests(List<String> lines) {
  private static final String SQL =
      "SELECT method, url FROM turntable.requests WHERE NOT shared ORDER BY started_at";

  /** Parameters that tell nothing of a statement: the place in a list, and what is always sent. */
  private static final String ALWAYS =
      "(cursor|page|include_tests)=.*|start_date=2019.*|page_limit=100|show_reporting_group=false";

  /** Returns those of a connection. */
  static SentRequests of(Connection connection) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SQL)) {
      while (rows.next()) {
        lines.add(rows.getString(1) + " " + shown(URI.create(rows.getString(2))));
      }
    }
    return new SentRequests(lines);
  }

  SentRequests since(SentRequests before) {
    return new SentRequests(lines.subList(before.lines.size(), lines.size()));
  }

  private static String shown(URI url) {
    String path =
        url.getPath()
            .replaceFirst("^.*/org/[^/]+/project/[^/]+/", ".../")
            .replaceAll("(?<=/)(tsk_|wrk_|[0-9a-f]{8}-)[^/]+", "{id}");
    String query =
        url.getQuery() == null
            ? ""
            : Stream.of(url.getQuery().split("&"))
                .filter(parameter -> !parameter.matches(ALWAYS))
                .map(parameter -> parameter.replaceFirst("=([0-9a-f]{8}-|tsk_).*", "={id}"))
                .collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }

  /**
   * Returns the sentence of a page.
   *
   * @param counted what the statement counted as its own; what is sent once for a connection is more
   */
  String text(long counted) {
    if (lines.isEmpty()) {
      return "No request.";
    }
    Map<String, Integer> times = new TreeMap<>();
    lines.forEach(line -> times.merge(line, 1, Integer::sum));
    String all =
        times.entrySet().stream()
            .map(each -> (each.getValue() == 1 ? "" : each.getValue() + " × ") + code(each))
            .collect(Collectors.joining(", "));
    long once = lines.size() - counted;
    return (counted == 1 ? "1 request" : counted + " requests")
        + (once == 0 ? "" : " and " + once + " for the list of tables, once for a connection")
        + ": "
        + all;
  }

  private static String code(Map.Entry<String, Integer> each) {
    return "`" + each.getKey() + "`";
  }
}
