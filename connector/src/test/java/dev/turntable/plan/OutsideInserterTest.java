package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.config.ConfigRequest;
import dev.turntable.config.ConfigResolver;
import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.engine.WriteFailedException;
import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import dev.turntable.source.ColumnType;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Fetch;
import dev.turntable.source.Inserter;
import dev.turntable.source.Page;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.SourceSchema;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import dev.turntable.source.TaskSource;
import dev.turntable.source.TaskSourceProvider;
import dev.turntable.source.TurntableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RETURNING over a table of a service from outside, which tells its generated keys and no more. */
final class OutsideInserterTest {
  private final Map<String, Note> notes = new ConcurrentHashMap<>();
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private boolean readable = true;

  private final Engine engine =
      Engines.open(
          ConfigResolver.resolve(
                  new ConfigRequest(
                      List.of(new Notebook()), List.of(), Map.of(), Map.of(), Map.of()))
              .config());

  /** A record of the service, which gives it a number. */
  private record Note(String id, String text, Long length) {}

  private final class Notebook implements TaskSourceProvider {
    @Override
    public String name() {
      return "notebook";
    }

    @Override
    public List<PropertyDef> properties() {
      return List.of();
    }

    @Override
    public TaskSource open(SourceConfig config, ConnectionScope connection) {
      TableDef<Note> table =
          TableDef.<Note>readOnly(
                  "notes",
                  "Notes",
                  List.of(
                      Column.varchar("id", Note::id).notNull(),
                      Column.varchar("text", Note::text).use(Column.Use.REQUIRED),
                      Column.bigint("length", Note::length),
                      Column.insertOnly("colour", ColumnType.VARCHAR)),
                  List.of("id"),
                  List.of(new ById()))
              .withInserter(new NoteInserter());
      return new TaskSource() {
        @Override
        public List<SourceSchema> schemas() {
          return List.of(SourceSchema.fixed("notebook", "Notes", List.of(table)));
        }

        @Override
        public boolean isValid(StatementScope scope) {
          return true;
        }

        @Override
        public void close() {}
      };
    }
  }

  private final class ById implements AccessPath<Note> {
    @Override
    public String name() {
      return "by id";
    }

    @Override
    public List<String> keys() {
      return List.of("id");
    }

    @Override
    public boolean unique() {
      return true;
    }

    @Override
    public List<RequestEstimate> estimate(ScanRequest request) {
      return List.of(RequestEstimate.exactly("GET /notes/{id}", request.keys().size()));
    }

    @Override
    public List<Fetch<Note>> open(ScanRequest request, StatementScope scope) {
      List<Fetch<Note>> steps = new ArrayList<>();
      for (List<Object> key : request.keys()) {
        steps.add(
            own -> {
              sent.add("GET /notes/" + key.get(0));
              if (!readable) {
                throw new TurntableException(ErrorKind.CONNECTION_LOST, "the line is dead");
              }
              Note note = notes.get((String) key.get(0));
              return Page.last(note == null ? List.of() : List.of(note));
            });
      }
      return steps;
    }
  }

  private final class NoteInserter implements Inserter {
    @Override
    public List<String> generatedKeys() {
      return List.of("id");
    }

    @Override
    public void check(List<Row> rows, StatementScope scope) {}

    @Override
    public List<RequestEstimate> estimate(List<Row> rows) {
      return List.of(RequestEstimate.exactly("POST /notes", rows.size()));
    }

    @Override
    public List<Object> insert(Row row, StatementScope scope) {
      sent.add("POST /notes");
      String text = (String) row.value("text");
      String id = "n" + text;
      notes.put(id, new Note(id, text, (long) text.length()));
      return List.of(id);
    }
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private List<String> rows(String sql) {
    List<String> rows = new ArrayList<>();
    try (StatementScope scope = engine.newStatement(sql, Duration.ZERO)) {
      PreparedSql prepared = engine.prepare(sql, "notebook", scope);
      try (RowCursor cursor = prepared.query(List.of(), 0, scope)) {
        while (cursor.next()) {
          StringBuilder row = new StringBuilder();
          for (int i = 0; i < prepared.columns().size(); i++) {
            row.append(i == 0 ? "" : "|").append(cursor.value(i));
          }
          rows.add(row.toString());
        }
      }
    }
    return rows;
  }

  @Test
  void keysAndWhatWasGivenNeedNoReading() {
    assertThat(
            rows(
                "INSERT INTO notes (text, colour) VALUES ('a', 'red'), ('bb', NULL) RETURNING id,"
                    + " colour"))
        .containsExactly("na|red", "nbb|null");
    assertThat(sent).containsExactly("POST /notes", "POST /notes");
  }

  @Test
  void theRestIsReadByTheKeys() {
    assertThat(rows("INSERT INTO notes (text) VALUES ('abc') RETURNING *"))
        .containsExactly("nabc|abc|3|null");
    assertThat(sent).containsExactly("POST /notes", "GET /notes/nabc");
    assertThat(rows("EXPLAIN INSERT INTO notes (text) VALUES ('abc') RETURNING length"))
        .startsWith(
            "Insert into notebook.notes returning length",
            "  POST /notes x 1 (exact)",
            "  read back by id, row by row");
  }

  @Test
  void aRowThatCannotBeReadIsWritten() {
    readable = false;
    String sql = "INSERT INTO notes (text) VALUES ('a'), ('b') RETURNING id, length";
    WriteFailedException failure;
    try (StatementScope scope = engine.newStatement(sql, Duration.ZERO)) {
      PreparedSql prepared = engine.prepare(sql, "notebook", scope);
      failure =
          catchThrowableOfType(
              WriteFailedException.class, () -> prepared.update(List.of(List.of()), true, scope));
    }
    assertThat(failure.kind()).isEqualTo(ErrorKind.BAD_ANSWER);
    assertThat(failure.result().keys()).allSatisfy(key -> assertThat(key.get(1)).isNull());
    assertThat(failure.result().keys()).isNotEmpty();
    assertThat(failure).hasMessageContaining("was written, but what RETURNING names");
  }
}
