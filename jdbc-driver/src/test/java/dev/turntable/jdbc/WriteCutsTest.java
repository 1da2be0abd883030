package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.CuttingProxy.Cut;
import dev.turntable.jdbc.CuttingProxy.Place;
import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.ReceivedRequest;
import java.io.IOException;
import java.net.URI;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A write happens once, wherever the connection is cut. For every kind of write the connection is cut
 * everywhere (before connecting, when accepted, in the head and body of the request, after the server
 * has acted, in the head and body of the answer), and then the server is asked what it has: one row
 * where the statement succeeded, none where it failed, none or one where it said that it does not
 * know; and never was anything sent twice.
 */
class WriteCutsTest {
  /** Most of the time is waiting: a write that is not found is looked for during some seconds. */
  private static final int AT_ONCE = 64;

  private static Simulator simulator;
  private static Iterator<String> freeTasks;

  /** What a statement said of its rows, and where to look for them. */
  private record Outcome(
      WriteForm form,
      Cut cut,
      List<String> marks,
      long[] counts,
      List<String> keys,
      SQLException e) {
    boolean isUnknown(int row) {
      return counts[row] == Statement.SUCCESS_NO_INFO;
    }

    @Override
    public String toString() {
      return form + " " + cut + " " + Arrays.toString(counts) + " " + e;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    simulator =
        Simulator.start(
            SimulatorOptions.builder()
                .tasks(4000)
                .workers(1)
                .turns(1, 2)
                .rightbrain(RightbrainOptions.builder().tasks(2).runsPerTask(1).build())
                .build());
    freeTasks = simulator.handinger().taskIds().iterator();
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  private static synchronized String freeTask() {
    return freeTasks.next();
  }

  @Test
  void neverTwiceWhereverTheConnectionIsCut() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    List<Future<Outcome>> running = new ArrayList<>();
    try {
      AtomicInteger number = new AtomicInteger();
      for (WriteForm form : WriteForm.values()) {
        for (Cut cut : cuts(form)) {
          int id = number.incrementAndGet();
          running.add(threads.submit(() -> run(form, cut, "c" + id)));
        }
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> each : running) {
        outcomes.add(each.get());
      }
      check(outcomes);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Cuts everywhere: finely for single rows, and for the first, a middle and the last of many. */
  private static List<Cut> cuts(WriteForm form) throws Exception {
    int[] lengths = lengths(form);
    List<Cut> cuts = new ArrayList<>();
    cuts.add(new Cut(Place.NONE, 1, 0, false));
    if (form != WriteForm.TYPED_RUN) { // whose table is looked up when it is prepared
      cuts.add(new Cut(Place.CONNECT, 1, 0, false));
    }
    int step = form.isMany() ? 293 : 43;
    for (int write : form.isMany() ? new int[] {1, 3, form.rows()} : new int[] {1}) {
      if (!form.isTurn()) { // whose connections are first used by a read
        cuts.add(new Cut(Place.ACCEPT, write, 0, write == 3));
      }
      for (int offset : offsets(lengths[0], step)) {
        cuts.add(new Cut(Place.REQUEST, write, offset, cuts.size() % 2 == 0));
      }
      for (int offset : offsets(lengths[1], step)) {
        cuts.add(new Cut(Place.ANSWER, write, offset, cuts.size() % 2 == 0));
      }
    }
    return cuts;
  }

  private static List<Integer> offsets(int length, int step) {
    Set<Integer> offsets = new HashSet<>(List.of(0, 1, length - 1, length));
    for (int offset = step; offset < length; offset += step) {
      offsets.add(offset);
    }
    return offsets.stream().sorted().toList();
  }

  /** Measures how long a request of the form and its answer are. */
  private static int[] lengths(WriteForm form) throws Exception {
    int port = port(form);
    try (CuttingProxy proxy = new CuttingProxy(port, new Cut(Place.NONE, 1, 0, false))) {
      Outcome outcome = execute(form, proxy.port(), marks(form, "m" + form.ordinal()), null);
      assertThat((Throwable) outcome.e()).isNull();
      return new int[] {proxy.requestBytes, proxy.answerBytes};
    }
  }

  private static Outcome run(WriteForm form, Cut cut, String mark) throws Exception {
    try (CuttingProxy proxy = new CuttingProxy(port(form), cut)) {
      return execute(form, proxy.port(), marks(form, mark), cut);
    }
  }

  private static List<String> marks(WriteForm form, String mark) {
    List<String> marks = new ArrayList<>();
    for (int row = 1; row <= form.rows(); row++) {
      marks.add(form.isDelete() ? freeTask() : mark + "r" + row);
    }
    return marks;
  }

  private static Outcome execute(WriteForm form, int port, List<String> marks, Cut cut)
      throws SQLException {
    boolean handinger = form.source.equals("handinger");
    String first =
        handinger
            ? simulator.handinger().workerIds().get(0)
            : simulator.rightbrain().taskId("Task-1");
    String second = form.isTurn() ? freeTask() : "";
    try (Connection connection = connect(form.source, port);
        PreparedStatement statement = form.prepare(connection, first, second, marks)) {
      try {
        long[] counts = form.execute(statement);
        assertThat(Arrays.stream(counts).sum()).isEqualTo(marks.size());
        return new Outcome(form, cut, marks, ones(marks.size()), keys(statement), null);
      } catch (BatchUpdateException e) {
        return new Outcome(form, cut, marks, e.getLargeUpdateCounts(), keys(statement), e);
      } catch (SQLException e) {
        // A failure of the whole before the first write, or of the only row.
        boolean unknown = "58030".equals(e.getSQLState());
        long[] counts = new long[marks.size()];
        Arrays.fill(counts, unknown ? Statement.SUCCESS_NO_INFO : Statement.EXECUTE_FAILED);
        return new Outcome(form, cut, marks, counts, List.of(), e);
      }
    }
  }

  private static long[] ones(int count) {
    long[] ones = new long[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static List<String> keys(Statement statement) throws SQLException {
    List<String> keys = new ArrayList<>();
    try (ResultSet rows = statement.getGeneratedKeys()) {
      while (rows.next()) {
        keys.add(rows.getString(1));
      }
    }
    return keys;
  }

  private static Connection connect(String source, int port) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("maxRetries", "1");
    if (source.equals("handinger")) {
      properties.setProperty("baseUrl", "http://127.0.0.1:" + port);
      properties.setProperty("password", HandingerOptions.KEY);
    } else {
      properties.setProperty("baseUrl", "http://127.0.0.1:" + port + "/api/v1");
      properties.setProperty("password", RightbrainOptions.KEY);
      properties.setProperty("orgId", simulator.rightbrain().orgId());
      properties.setProperty("projectId", simulator.rightbrain().projectId());
    }
    return DriverManager.getConnection("jdbc:turntable:" + source, properties);
  }

  private static int port(WriteForm form) {
    return URI.create(simulator.url(form.source)).getPort();
  }

  private static void check(List<Outcome> outcomes) {
    Map<String, List<String>> idsByMark = idsByMark();
    List<ReceivedRequest> writes =
        simulator.requests().stream().filter(request -> !request.method().equals("GET")).toList();
    Map<WriteForm, int[]> tally = new EnumMap<>(WriteForm.class);
    List<String> wrong = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      int[] counts = tally.computeIfAbsent(outcome.form(), form -> new int[3]);
      for (int row = 0; row < outcome.marks().size(); row++) {
        counts[outcome.counts()[row] == 1 ? 0 : outcome.isUnknown(row) ? 1 : 2]++;
        checkRow(outcome, row, idsByMark, writes, wrong);
      }
      checkWhole(outcome, wrong);
    }
    System.out.printf("%d cuts; rows done, unknown, not done:%n", outcomes.size());
    tally.forEach((form, counts) -> System.out.printf("  %s %s%n", form, Arrays.toString(counts)));
    assertThat(wrong).isEmpty();
    assertThat(outcomes).hasSizeGreaterThan(250);
  }

  /** What the server has, by mark; a mark that it has twice has two ids. */
  private static Map<String, List<String>> idsByMark() {
    return Marks.of(simulator);
  }

  private static void checkRow(
      Outcome outcome,
      int row,
      Map<String, List<String>> idsByMark,
      List<ReceivedRequest> writes,
      List<String> wrong) {
    WriteForm form = outcome.form();
    String mark = outcome.marks().get(row);
    List<String> ids = idsByMark.getOrDefault(mark, List.of());
    int there = ids.size();
    long sent = writes.stream().filter(request -> Marks.isIn(request, mark)).count();
    String where = outcome + ", row " + (row + 1) + " '" + mark + "' is there " + there + " times";
    if (there > 1 || sent > 1) {
      wrong.add("twice: " + where + ", sent " + sent);
    }
    if (outcome.counts()[row] == 1 && there != 1) {
      wrong.add("done, but not there: " + where);
    }
    if (outcome.counts()[row] == Statement.EXECUTE_FAILED && there != 0) {
      wrong.add("failed, but there: " + where);
    }
    if (!form.isDelete() && outcome.isUnknown(row) && there == 1 && canBeFound(outcome)) {
      wrong.add("unknown, but it could be found: " + where);
    }
    if (outcome.counts()[row] == 1
        && !form.isDelete()
        && Collections.disjoint(outcome.keys(), ids)) {
      wrong.add("no generated key of it in " + outcome.keys() + ": " + where);
    }
  }

  /**
   * Handinger is asked by id or turn, and has acted before an answer is cut; Rightbrain only if the
   * head of the answer named the run.
   */
  private static boolean canBeFound(Outcome outcome) {
    return outcome.form().source.equals("handinger") && outcome.cut().place() == Place.ANSWER;
  }

  private static void checkWhole(Outcome outcome, List<String> wrong) {
    SQLException e = outcome.e();
    boolean unknown = Arrays.stream(outcome.counts()).anyMatch(c -> c == Statement.SUCCESS_NO_INFO);
    boolean written = Arrays.stream(outcome.counts()).anyMatch(count -> count == 1);
    if (outcome.cut().place() == Place.NONE && e != null) {
      wrong.add("failed without a cut: " + outcome);
    }
    if (outcome.cut().place() == Place.CONNECT && (unknown || written)) {
      wrong.add("what never left is neither written nor unknown: " + outcome);
    }
    if (unknown != (e != null && "58030".equals(e.getSQLState()))) {
      wrong.add("unknown by its counts or its state only: " + outcome);
    }
    if (unknown && !(e instanceof SQLNonTransientException || e instanceof BatchUpdateException)) {
      wrong.add("of a class that invites to try again: " + outcome);
    }
    if (unknown && !namesWhatToLookUp(outcome)) {
      wrong.add("does not say what to look up: " + outcome);
    }
    if ((unknown || written) && e != null && looksLikeALostConnection(e)) {
      wrong.add("looks like a lost connection: " + outcome);
    }
  }

  private static boolean namesWhatToLookUp(Outcome outcome) {
    String message = String.valueOf(outcome.e().getMessage());
    return message.matches(
        "(?s).*(tsk_[\\w-]{4,}|task_id '[-0-9a-f]{36}'|run with id '[-0-9a-f]{36}).*");
  }

  private static boolean looksLikeALostConnection(SQLException e) {
    for (Throwable link : e) {
      String type = link.getClass().getName();
      boolean state =
          link instanceof SQLException sql && String.valueOf(sql.getSQLState()).startsWith("08");
      if (state || type.startsWith("java.net.") || type.startsWith("java.io.")) {
        return true;
      }
    }
    return false;
  }
}
