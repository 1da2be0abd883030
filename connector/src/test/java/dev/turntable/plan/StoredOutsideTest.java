package dev.turntable.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.turntable.config.ConfigRequest;
import dev.turntable.config.ConfigResolver;
import dev.turntable.engine.Engine;
import dev.turntable.engine.PreparedSql;
import dev.turntable.engine.RowCursor;
import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import dev.turntable.source.ColumnType;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.Deleter;
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
import dev.turntable.store.file.Stores;
import dev.turntable.sync.Sync;
import dev.turntable.sync.SyncOptions;
import dev.turntable.sync.SyncProgress;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The store of a service from outside, which tells neither whose rows it reads nor when they are final:
 * values of every type, rows that cannot be kept, accounts and writes.
 */
final class StoredOutsideTest {
  private static final String ALL = "SELECT * FROM notes ORDER BY id";
  private static final Instant NOON = Instant.parse("2026-05-11T12:00:00.123Z");

  private final Map<String, Note> notes = new LinkedHashMap<>();
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final List<Engine> engines = new ArrayList<>();
  private List<Column<Note>> columns = columns();
  private RuntimeException failure;
  private Engine engine;

  @TempDir Path temp;

  /** A record with a value of each type. */
  private record Note(
      String id,
      String text,
      Integer few,
      Long many,
      Double ratio,
      BigDecimal price,
      Boolean flag,
      Instant at,
      String doc) {
    Note(String id, String text) {
      this(id, text, null, null, null, null, null, null, null);
    }
  }

  private static List<Column<Note>> columns() {
    return List.of(
        Column.varchar("id", Note::id).notNull(),
        Column.varchar("text", Note::text).use(Column.Use.REQUIRED),
        Column.integer("few", Note::few),
        Column.bigint("many", Note::many),
        Column.dbl("ratio", Note::ratio),
        Column.decimal("price", Note::price),
        Column.bool("flag", Note::flag),
        Column.timestamp("at", Note::at),
        Column.json("doc", Note::doc),
        Column.insertOnly("colour", ColumnType.VARCHAR));
  }

  private final class Notebook implements TaskSourceProvider {
    @Override
    public String name() {
      return "notebook";
    }

    @Override
    public List<PropertyDef> properties() {
      return List.of(
          PropertyDef.of("shelf", PropertyDef.Type.STRING, "Where."),
          PropertyDef.of("word", PropertyDef.Type.STRING, "Who.").asSecret());
    }

    @Override
    public TaskSource open(SourceConfig config, ConnectionScope connection) {
      TableDef<Note> table =
          TableDef.readOnly(
                  "notes", "Notes", columns, List.of("id"), List.of(new ByList(), new ById()))
              .withInserter(new NoteInserter())
              .withDeleter(new NoteDeleter());
      TableDef<Note> report =
          TableDef.<Note>readOnly("report", "A report", columns, List.of(), List.of(new ByList()))
              .withInserter(new NoteInserter());
      return new TaskSource() {
        @Override
        public List<SourceSchema> schemas() {
          return List.of(SourceSchema.fixed("notebook", "Notes", List.of(table, report)));
        }

        @Override
        public boolean isValid(StatementScope scope) {
          sent.add("GET /");
          return true;
        }

        @Override
        public void close() {
          sent.add("closed");
        }
      };
    }
  }

  private final class ByList implements AccessPath<Note> {
    @Override
    public String name() {
      return "list";
    }

    @Override
    public List<RequestEstimate> estimate(ScanRequest request) {
      return List.of(RequestEstimate.exactly("GET /notes", 1));
    }

    @Override
    public List<Fetch<Note>> open(ScanRequest request, StatementScope scope) {
      return List.of(
          own -> {
            sent.add("GET /notes");
            return Page.last(List.copyOf(notes.values()));
          });
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
    public List<Column<?>> unlistedColumns() {
      return List.of(Column.insertOnly("secret_colour", ColumnType.VARCHAR));
    }

    @Override
    public void check(List<Row> rows, StatementScope scope) {
      if (rows.stream().anyMatch(row -> "bad".equals(row.value("text")))) {
        throw new TurntableException(ErrorKind.BAD_VALUE, "notebook.notes: a bad text");
      }
    }

    @Override
    public List<RequestEstimate> estimate(List<Row> rows) {
      return List.of(RequestEstimate.exactly("POST /notes", rows.size()));
    }

    @Override
    public Object lane(Row row) {
      return "one after the other";
    }

    @Override
    public List<Object> insert(Row row, StatementScope scope) {
      sent.add("POST /notes");
      if (failure != null) {
        throw failure;
      }
      String text = (String) row.value("text");
      notes.put("n" + text, new Note("n" + text, text));
      return List.of("n" + text);
    }
  }

  private final class NoteDeleter implements Deleter {
    @Override
    public List<String> keys() {
      return List.of("id");
    }

    @Override
    public void check(List<List<Object>> keys) {
      if (keys.contains(List.of("kept"))) {
        throw new TurntableException(ErrorKind.BAD_VALUE, "notebook.notes: that one stays");
      }
    }

    @Override
    public List<RequestEstimate> estimate(long rows) {
      return List.of(RequestEstimate.exactly("DELETE /notes/{id}", rows));
    }

    @Override
    public boolean delete(List<Object> key, StatementScope scope) {
      sent.add("DELETE /notes/" + key.get(0));
      return notes.remove((String) key.get(0)) != null;
    }
  }

  @AfterEach
  void close() {
    engines.forEach(Engine::close);
  }

  private Path store() {
    return temp.resolve("store");
  }

  private void open(String... namesAndValues) {
    Map<String, String> properties = new HashMap<>();
    properties.put("store", store().toString());
    properties.put("storeLibrary", Stores.LIBRARY.toString());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    engine =
        Engines.open(
            ConfigResolver.resolve(
                    new ConfigRequest(
                        List.of(new Notebook()), List.of(), properties, Map.of(), Map.of()))
                .config());
    engines.add(engine);
  }

  private List<String> rows(String sql) {
    List<String> rows = new ArrayList<>();
    try (StatementScope scope = engine.newStatement(sql, Duration.ZERO)) {
      PreparedSql prepared = engine.prepare(sql, "notebook", scope);
      try (RowCursor cursor = prepared.query(List.of(), 0, scope)) {
        while (cursor.next()) {
          StringJoiner row = new StringJoiner(" | ");
          for (int i = 0; i < prepared.columns().size(); i++) {
            row.add(String.valueOf(cursor.value(i)));
          }
          rows.add(row.toString());
        }
      }
    }
    return rows;
  }

  private long update(String sql) {
    try (StatementScope scope = engine.newStatement(sql, Duration.ZERO)) {
      return engine.prepare(sql, "notebook", scope).update(List.of(List.of()), true, scope).total();
    }
  }

  private ErrorKind fails(String sql) {
    return catchThrowableOfType(TurntableException.class, () -> update(sql)).kind();
  }

  /** Returns what a statement sends. */
  private List<String> sentBy(String sql) {
    sent.clear();
    rows(sql);
    return List.copyOf(sent);
  }

  private void put(Note... all) {
    for (Note note : all) {
      notes.put(note.id(), note);
    }
  }

  private static Note full(String id, boolean flag) {
    return new Note(
        id,
        "a 'text'\n🙂",
        -2_147_483_648,
        9_223_372_036_854_775_807L,
        1.5e300,
        new BigDecimal("12345678901234567890.1234567890"),
        flag,
        NOON,
        "{\"a\": [1, \"|\"]}");
  }

  @Test
  void valuesOfEveryTypeAreWhatTheyWere() {
    put(
        full("a", true),
        full("b", false),
        new Note("c", ""),
        new Note("d", null),
        new Note("e", "", 0, 0L, -0.0, new BigDecimal("0.00"), false, Instant.EPOCH, "null"));
    open("maxAge", "3600");
    List<String> live = rows(ALL);
    assertThat(live).hasSize(5).first().asString().contains("1.5E300", "12345678901234567890.12");
    assertThat(rows(ALL)).isEqualTo(live);
    assertThat(rows("SELECT * FROM notes WHERE id = 'd'")).containsExactly(live.get(3));
    assertThat(rows("SELECT * FROM notes WHERE id = 'd'")).containsExactly(live.get(3));
    assertThat(rows("SELECT * FROM notes WHERE id = 'no'")).isEmpty();
    assertThat(rows("SELECT * FROM notes WHERE id = 'no'")).isEmpty();
    assertThat(
            rows(
                "SELECT id FROM notes WHERE NOT flag AND few < 0 AND at > TIMESTAMP '2000-01-01 00:00:00'"))
        .containsExactly("b");
    assertThat(rows("SELECT id FROM notes WHERE price = 0")).containsExactly("e");
    assertThat(rows("SELECT id FROM notes WHERE ratio > 1e299 ORDER BY id"))
        .containsExactly("a", "b");
    // The list shows every note, so that it tells of each of them, and of one that is not there.
    assertThat(sent).containsExactly("GET /notes");
  }

  /** A statement that waits for its reader leaves the rows on the disk meanwhile. */
  @Test
  void soTheyAreWhereTheReaderIsSlow() {
    for (int i = 0; i < 300; i++) {
      put(i % 3 == 0 ? new Note("n" + i, null) : full("n" + i, i % 2 == 0));
    }
    open("maxAge", "3600");
    List<String> live = rows(ALL);
    List<String> slow = new ArrayList<>();
    String sql = "SELECT * FROM notes";
    try (StatementScope scope = engine.newStatement(sql, Duration.ZERO)) {
      PreparedSql prepared = engine.prepare(sql, "notebook", scope);
      try (RowCursor cursor = prepared.query(List.of(), 0, scope)) {
        while (cursor.next()) {
          StringJoiner row = new StringJoiner(" | ");
          for (int i = 0; i < prepared.columns().size(); i++) {
            row.add(String.valueOf(cursor.value(i)));
          }
          slow.add(row.toString());
          if (slow.size() == 1) {
            Stores.letGo(store());
            update("INSERT INTO report (text) VALUES ('meanwhile')");
          }
        }
      }
    }
    assertThat(slow).containsExactlyInAnyOrderElementsOf(live);
  }

  /** Of a record that was read in part nobody knows the rest. */
  @Test
  void whatWasReadInPartIsNotWhole() {
    put(full("a", true));
    open("maxAge", "3600");
    assertThat(sentBy("SELECT text FROM notes")).containsExactly("GET /notes");
    assertThat(sentBy("SELECT text FROM notes")).containsExactly("GET /notes");
    assertThat(sentBy("SELECT id, few FROM notes WHERE id = 'a'")).containsExactly("GET /notes/a");
    assertThat(sentBy("SELECT id, few FROM notes WHERE id = 'a'")).containsExactly("GET /notes/a");
    assertThat(sentBy(ALL)).containsExactly("GET /notes");
    assertThat(sentBy("SELECT text FROM notes")).isEmpty();
    assertThat(sentBy("SELECT * FROM notes WHERE id = 'a'")).isEmpty();
    assertThat(sentBy("SELECT id, few FROM notes WHERE id = 'a'")).isEmpty();
  }

  @Test
  void columnsThatAreNotKeptAreAskedFor() {
    put(full("a", true));
    open("maxAge", "3600", "storeColumns", "-notes.doc");
    assertThat(sentBy(ALL)).containsExactly("GET /notes");
    assertThat(sentBy("SELECT text, few FROM notes")).isEmpty();
    assertThat(sentBy("SELECT doc FROM notes")).containsExactly("GET /notes");
    assertThat(rows("SELECT doc FROM notes")).containsExactly("{\"a\": [1, \"|\"]}");
  }

  /** DuckDB holds no lone surrogate, no NaN that we could compare, and no time before its calendar. */
  @Test
  void rowsThatCannotBeKeptAreAskedForAgain() {
    open("maxAge", "3600");
    for (Note odd :
        List.of(
            new Note("a", "half \ud83d"),
            new Note("a", "\ude42 half"),
            new Note("a", "a\0b"),
            new Note("a", "", 0, 0L, Double.NaN, null, false, null, null),
            new Note("a", "", 0, 0L, Double.POSITIVE_INFINITY, null, false, null, null),
            new Note("a", "", 0, 0L, 0.0, null, false, Instant.parse("9999-01-01T00:00:00Z"), null),
            new Note(
                "a",
                "",
                0,
                0L,
                0.0,
                null,
                false,
                Instant.parse("0000-12-31T23:59:59.999Z").minusMillis(1),
                null))) {
      notes.clear();
      put(new Note("b", "as usual"), odd);
      for (int i = 0; i < 2; i++) {
        assertThat(sentBy("SELECT id, text, few, many, ratio, price, flag, doc FROM notes"))
            .as(odd.toString())
            .containsExactly("GET /notes");
        assertThat(sentBy("SELECT * FROM notes WHERE id = 'a'"))
            .as(odd.toString())
            .containsExactly("GET /notes/a");
      }
    }
  }

  @Test
  void whoseRowsTheyAreAllPropertiesTellTogether() {
    put(full("a", true));
    open("maxAge", "3600", "shelf", "s", "word", "w");
    assertThat(sentBy(ALL)).containsExactly("GET /notes");
    open("maxAge", "3600", "shelf", "s", "word", "w");
    assertThat(sentBy(ALL)).isEmpty();
    open("maxAge", "3600", "shelf", "s", "word", "w2");
    assertThat(sentBy(ALL)).containsExactly("GET /notes");
    open("maxAge", "3600", "shelf", "s2", "word", "w");
    assertThat(sentBy(ALL)).containsExactly("GET /notes");
    open("maxAge", "3600", "word", "w");
    assertThat(sentBy(ALL)).containsExactly("GET /notes");
  }

  @Test
  void writesAreNotedAndSeenAtOnce() {
    put(full("a", true));
    open("maxAge", "3600");
    rows(ALL);
    sent.clear();
    assertThat(
            update("INSERT INTO notes (text, colour, secret_colour) VALUES ('x', 'red', 'green')"))
        .isEqualTo(1);
    assertThat(sent).containsExactly("POST /notes");
    assertThat(rows("SELECT id FROM notes ORDER BY id")).containsExactly("a", "nx");
    assertThat(update("DELETE FROM notes WHERE id = 'nx'")).isEqualTo(1);
    assertThat(rows("SELECT id FROM notes")).containsExactly("a");
    assertThat(
            Stores.rows(
                store(),
                "SELECT kind, table_name, touched, outcome FROM journal ORDER BY began_at"))
        .containsExactly(
            "INSERT | notebook.notes |  | DONE", "DELETE | notebook.notes | nx | DONE");
  }

  /** Of a table without a key nobody knows what a row of it touches. */
  @Test
  void aWriteToATableWithoutAKeyTouchesEverything() {
    put(full("a", true));
    open("maxAge", "3600");
    rows(ALL);
    rows("SELECT * FROM notes WHERE id = 'a'");
    assertThat(update("INSERT INTO report (text) VALUES ('x')")).isEqualTo(1);
    assertThat(sentBy("SELECT * FROM notes WHERE id = 'a'")).containsExactly("GET /notes/a");
    assertThat(sentBy("SELECT id FROM report")).containsExactly("GET /notes");
    assertThat(sentBy("SELECT id FROM report")).containsExactly("GET /notes");
    assertThat(Stores.rows(store(), "SELECT kind, table_name, touched, outcome FROM journal"))
        .containsExactly("INSERT | notebook.report | * | DONE");
  }

  @Test
  void whatIsRefusedIsNeitherNotedNorSent() {
    open("maxAge", "3600");
    assertThat(fails("INSERT INTO notes (text) VALUES ('bad')")).isEqualTo(ErrorKind.BAD_VALUE);
    assertThat(fails("DELETE FROM notes WHERE id = 'kept'")).isEqualTo(ErrorKind.BAD_VALUE);
    assertThat(sent).isEmpty();
    assertThat(Stores.rows(store(), "SELECT * FROM journal")).isEmpty();
  }

  /** What a defect of a service has done nobody knows. */
  @Test
  void whatBecameOfAWriteThatFails() {
    open("maxAge", "3600");
    failure = new TurntableException(ErrorKind.FORBIDDEN, "no");
    assertThat(fails("INSERT INTO notes (text) VALUES ('a')")).isEqualTo(ErrorKind.FORBIDDEN);
    failure = new TurntableException(ErrorKind.OUTCOME_UNKNOWN, "who knows");
    fails("INSERT INTO notes (text) VALUES ('b')");
    failure = new IllegalStateException("a defect");
    fails("INSERT INTO notes (text) VALUES ('c')");
    assertThat(Stores.rows(store(), "SELECT outcome FROM journal ORDER BY began_at"))
        .containsExactly("NOT_DONE", "UNKNOWN", "UNKNOWN");
  }

  /** Reading it by statements would not tell which of its records are whole. */
  @Test
  void itIsNotBroughtUpToDateBySync() {
    put(full("a", true));
    open();
    Sync sync = new Sync(engine, SyncOptions.ALL, SyncProgress.NONE);
    sync.run();
    assertThat(sync.report().after()).isEmpty();
    assertThat(sent).isEmpty();
  }

  @Test
  void aColumnThatIsNewIsAskedFor() {
    put(full("a", true));
    columns = columns().subList(0, 4);
    open("maxAge", "3600");
    assertThat(sentBy(ALL)).containsExactly("GET /notes");
    assertThat(sentBy(ALL)).isEmpty();
    columns = columns();
    open("maxAge", "3600");
    assertThat(sentBy("SELECT id, doc FROM notes")).containsExactly("GET /notes");
    assertThat(sentBy(ALL)).containsExactly("GET /notes");
    assertThat(sentBy(ALL)).isEmpty();
    assertThat(rows("SELECT doc FROM notes")).containsExactly("{\"a\": [1, \"|\"]}");
  }

  @Test
  void theServiceItselfIsAskedWhetherItIsThere() {
    open("maxAge", "3600");
    assertThat(engine.isValid(Duration.ZERO)).isTrue();
    engine.close();
    assertThat(sent).containsExactly("GET /", "closed");
  }

  /** Whose rows the store has is not known before the service is asked: only this connection's count. */
  @Test
  void explainAndCoverageTellNothingOfTheStore() {
    put(full("a", true), full("b", true));
    open("maxAge", "3600");
    rows(ALL);
    rows("SELECT * FROM notes WHERE id = 'c'");
    assertThat(rows("EXPLAIN PLAN FOR SELECT * FROM notes"))
        .containsExactly("Scan notebook.notes", "  GET /notes x 1 (exact)");
    assertThat(
            rows(
                "SELECT table_name, scope, row_count, exhaustive FROM turntable.coverage WHERE"
                    + " schema_name = 'notebook'"))
        .containsExactly("notes | list | 2 | true");
  }
}
