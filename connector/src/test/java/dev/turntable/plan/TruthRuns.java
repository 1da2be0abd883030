package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.source.ErrorKind;
import java.util.Map;

/**
 * Runs statements whose answer once depended on the plan: with literals and with parameters, down
 * both roads. The right answer is that of <em>What a table means</em>: what is known, and what the
 * statement names.
 */
final class TruthRuns implements AutoCloseable {
  private final TruthService service = new TruthService();

  /** The logs of workers 1 and 2 are read where a statement names them; no property does. */
  TruthRuns() {
    for (int worker = 1; worker <= 2; worker++) {
      for (int i = 0; i < 3; i++) {
        String task = TruthService.id(worker + TruthService.WORKERS * i);
        service.state().log(TruthService.entry(TruthService.worker(worker), i, task));
      }
    }
  }

  /** What a connection knows at its start. */
  enum Known {
    NONE(Map.of()),
    K3(Map.of("taskIds", String.join(",", TruthService.first(3)))),
    K24(Map.of("taskIds", String.join(",", TruthService.first(24)))),
    GONE(Map.of("taskIds", "tsk_gone-1,tsk_gone-2,tsk_gone-3")),
    NO_WORKER(Map.of("workerIds", "wrk_gone-1,wrk_gone-2")),
    WORKER(Map.of("workerIds", "wrk_0")),
    WORKERS(Map.of("workerIds", "wrk_0,wrk_3"));

    final Map<String, String> properties;

    Known(Map<String, String> properties) {
      this.properties = properties;
    }
  }

  Bench bench(Known known, boolean generated) {
    return service.connected(known.name(), generated, known.properties);
  }

  /** Expects so many rows. */
  void counts(Known known, String sql, int rows) {
    for (boolean generated : new boolean[] {false, true}) {
      Bench bench = bench(known, generated);
      String literal = TruthService.literal(sql);
      assertThat(bench.sql(literal).rows().rows()).as(literal).hasSize(rows);
      String marked = TruthService.parameterized(sql);
      Object[] parameters = TruthService.parameters(sql);
      assertThat(bench.sql(marked, parameters).rows().rows()).as(marked).hasSize(rows);
    }
  }

  /** Expects one row with one value. */
  void gives(Known known, String sql, String value) {
    for (boolean generated : new boolean[] {false, true}) {
      Bench bench = bench(known, generated);
      String literal = TruthService.literal(sql);
      assertThat(bench.sql(literal).rows().rows()).as(literal).containsExactly(value);
      String marked = TruthService.parameterized(sql);
      Object[] parameters = TruthService.parameters(sql);
      assertThat(bench.sql(marked, parameters).rows().rows()).as(marked).containsExactly(value);
    }
  }

  void fails(Known known, String sql, ErrorKind kind) {
    for (boolean generated : new boolean[] {false, true}) {
      bench(known, generated).sql(TruthService.literal(sql)).fails(kind);
    }
  }

  TruthService service() {
    return service;
  }

  @Override
  public void close() {
    service.close();
  }
}
