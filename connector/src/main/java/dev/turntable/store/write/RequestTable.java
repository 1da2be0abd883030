package dev.turntable.store.write;

import dev.turntable.source.RequestLog;
import dev.turntable.source.RequestRecord;
import dev.turntable.store.file.JsonText;
import dev.turntable.store.file.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The requests of some connections, in the store: which were sent, and for what. */
public final class RequestTable {
  /** So long they are kept. */
  public static final Duration KEPT = Duration.ofDays(90);

  private static final String ADD =
      "INSERT INTO requests SELECT ?, c, n, s, q, m, u, h, d, b, a, w, make_timestamp(t) FROM (SELECT"
          + " unnest(from_json(?, '[{\"c\":\"VARCHAR\",\"n\":\"BIGINT\",\"s\":\"BIGINT\","
          + "\"q\":\"VARCHAR\",\"m\":\"VARCHAR\",\"u\":\"VARCHAR\",\"h\":\"INTEGER\","
          + "\"d\":\"BIGINT\",\"b\":\"BIGINT\",\"a\":\"INTEGER\",\"w\":\"BIGINT\","
          + "\"t\":\"BIGINT\"}]'), max_depth := 2))";

  private static final String READ =
      "SELECT connection, statement, sql, method, url, status, duration_ms, response_bytes, attempt,"
          + " waited_ms, epoch_us(started_at) FROM requests WHERE account = ? AND started_at >="
          + " make_timestamp(?) AND (connection <> ? OR number <= ?) ORDER BY started_at, connection,"
          + " number";

  private final Connection connection;

  public RequestTable(Connection connection) {
    this.connection = connection;
  }

  void add(int account, List<Change.Sent> sent) throws SQLException {
    if (sent.isEmpty()) {
      return;
    }
    StringBuilder json = new StringBuilder("[");
    for (Change.Sent each : sent) {
      RequestRecord request = each.request();
      json.append(json.length() == 1 ? "{\"c\":" : ",{\"c\":");
      JsonText.append(json, request.connectionId());
      json.append(",\"n\":").append(each.number());
      json.append(",\"s\":").append(request.statementId()).append(",\"q\":");
      JsonText.append(json, request.sql());
      json.append(",\"m\":");
      JsonText.append(json, request.method());
      json.append(",\"u\":");
      JsonText.append(json, request.url());
      json.append(",\"h\":").append(request.status());
      json.append(",\"d\":").append(request.durationMs());
      json.append(",\"b\":").append(request.responseBytes());
      json.append(",\"a\":").append(request.attempt());
      json.append(",\"w\":").append(request.waitedMs());
      json.append(",\"t\":").append(Micros.of(request.startedAt())).append('}');
    }
    try (PreparedStatement statement = connection.prepareStatement(ADD)) {
      statement.setInt(1, account);
      statement.setString(2, json.append(']').toString());
      statement.executeUpdate();
    }
  }

  void forget(int account, Instant before) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM requests WHERE account = ? AND started_at < make_timestamp(?)")) {
      statement.setInt(1, account);
      statement.setLong(2, Micros.of(before));
      statement.executeUpdate();
    }
  }

  /**
   * Returns what was sent by other connections, and what this one remembers no more, oldest first.
   *
   * @param connectionId this connection
   * @param kept what it remembers
   */
  public List<RequestRecord> read(
      int account, String source, Instant since, String connectionId, RequestLog.Kept kept)
      throws SQLException {
    List<RequestRecord> requests = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setInt(1, account);
      statement.setLong(2, Micros.of(since));
      statement.setString(3, connectionId);
      statement.setLong(4, kept.dropped());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          requests.add(request(rows, source));
        }
      }
    }
    return requests;
  }

  private static RequestRecord request(ResultSet row, String source) throws SQLException {
    return new RequestRecord.Builder(row.getString(1), source, row.getString(4), row.getString(5))
        .by(row.getLong(2), row.getString(3))
        .answered(row.getInt(6), Duration.ofMillis(row.getLong(7)), row.getLong(8))
        .asAttempt(row.getInt(9), Duration.ofMillis(row.getLong(10)))
        .at(Micros.time(row.getLong(11)))
        .build();
  }
}
