package dev.turntable.examples.toys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.config.ConfigRequest;
import dev.turntable.config.ConfigResolver;
import dev.turntable.config.Setting;
import dev.turntable.config.Sources;
import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.plan.Engines;
import dev.turntable.source.StatementScope;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** A workshop, and Turntable's engine on it. A test states SQL, requests, rows and warnings together. */
final class Toys implements AutoCloseable {
  private final ToyServer workshop;
  private final Engine engine;

  Toys(int orders) throws IOException {
    workshop = ToyServer.start(orders);
    engine =
        Engines.open(
            ConfigResolver.resolve(
                    new ConfigRequest(
                        Sources.named(List.of("toys")),
                        List.of(new Setting("baseUrl", workshop.url())),
                        Map.of(),
                        Map.of(),
                        Map.of()))
                .config());
  }

  ToyServer workshop() {
    return workshop;
  }

  /** Runs a query to its end. */
  Result rows(String sql, Object... parameters) {
    workshop.takeRequests();
    try (StatementScope scope = engine.newStatement(sql, Duration.ZERO)) {
      PreparedSql prepared = engine.prepare(sql, engine.defaultSchema(), scope);
      List<String> rows = new ArrayList<>();
      try (RowCursor cursor = prepared.query(Arrays.asList(parameters), 0, scope)) {
        while (cursor.next()) {
          StringJoiner row = new StringJoiner(" ");
          for (int i = 0; i < prepared.columns().size(); i++) {
            row.add(String.valueOf(cursor.value(i)));
          }
          rows.add(row.toString());
        }
      }
      return new Result(rows, workshop.takeRequests(), scope.warnings());
    }
  }

  /** Returns what EXPLAIN says of a query; fails if that asks the workshop for anything. */
  String explain(String sql) {
    Result explained = rows("EXPLAIN PLAN FOR " + sql);
    assertThat(explained.requests()).isEmpty();
    return String.join("\n", explained.rows());
  }

  /** What a statement gave, asked for and told. */
  record Result(List<String> rows, List<String> requests, List<String> warnings) {
    Result is(String... expected) {
      assertThat(rows).containsExactlyInAnyOrder(expected);
      return this;
    }

    Result asked(String... expected) {
      assertThat(requests).containsExactlyInAnyOrder(expected);
      return this;
    }

    Result told(String... expected) {
      assertThat(warnings).containsExactly(expected);
      return this;
    }
  }

  @Override
  public void close() {
    engine.close();
    workshop.close();
  }
}
