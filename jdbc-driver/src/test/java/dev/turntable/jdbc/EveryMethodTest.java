package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.jdbc.result.ListArray;
import dev.turntable.jdbc.value.TextClob;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every method of JDBC answers, or throws an SQLException with a state and a reason, whatever the
 * arguments are and whether or not its object is still open; nothing else gets out. Which answer or
 * refusal is right for each is told by {@code every-method/*.txt}, see {@link AnswerTable}.
 */
@NullMarked
class EveryMethodTest {
  private static final Set<String> LAST = Set.of("close", "abort", "free");

  /** The states of the contract, and three of JDBC's own for objects in the wrong state. */
  private static final Set<String> STATES =
      Set.of(
          "0A000", "42601", "42P01", "42703", "42000", "22023", "22003", "22012", "25006", "08003",
          "28000", "55000", "24000");

  private interface Opened {
    Object of(TurntableConnection connection) throws SQLException;
  }

  /** What is passed for numbers, texts and objects. */
  private record Arguments(int number, @Nullable String text, boolean objects) {}

  private static final List<Arguments> ARGUMENTS =
      List.of(
          new Arguments(1, "rows", false),
          new Arguments(1, null, true),
          new Arguments(1, "name", true),
          new Arguments(2, "nix", true),
          new Arguments(0, "", false),
          new Arguments(-1, "%", true),
          new Arguments(99, "\"", false),
          new Arguments(Integer.MAX_VALUE, "'", true),
          new Arguments(Integer.MIN_VALUE, "\\", false),
          new Arguments(ResultSet.TYPE_SCROLL_INSENSITIVE, "id", true));

  private static final Map<String, Opened> OPENED =
      Map.ofEntries(
          Map.entry("Connection", connection -> connection),
          Map.entry("DatabaseMetaData", TurntableConnection::getMetaData),
          Map.entry("Statement", TurntableConnection::createStatement),
          Map.entry("PreparedStatement", connection -> connection.prepareStatement("rows")),
          Map.entry("forward ResultSet", connection -> rows(connection, 1003)),
          Map.entry("scrolling ResultSet", connection -> rows(connection, 1004)),
          Map.entry("ResultSetMetaData", connection -> rows(connection, 1003).getMetaData()),
          Map.entry(
              "ParameterMetaData",
              connection -> connection.prepareStatement("rows").getParameterMetaData()),
          Map.entry("Clob", TurntableConnection::createClob),
          Map.entry("Array", connection -> connection.createArrayOf("VARCHAR", new String[2])),
          Map.entry("DataSource", connection -> new TurntableDataSource()),
          Map.entry("Driver", connection -> new TurntableDriver()));

  private static final Map<String, Class<?>> TYPES =
      Map.ofEntries(
          Map.entry("Connection", Connection.class),
          Map.entry("DatabaseMetaData", DatabaseMetaData.class),
          Map.entry("Statement", Statement.class),
          Map.entry("PreparedStatement", PreparedStatement.class),
          Map.entry("forward ResultSet", ResultSet.class),
          Map.entry("scrolling ResultSet", ResultSet.class),
          Map.entry("ResultSetMetaData", ResultSetMetaData.class),
          Map.entry("ParameterMetaData", ParameterMetaData.class),
          Map.entry("Clob", NClob.class),
          Map.entry("Array", Array.class),
          Map.entry("DataSource", javax.sql.DataSource.class),
          Map.entry("Driver", java.sql.Driver.class));

  private static ResultSet rows(TurntableConnection connection, int type) throws SQLException {
    ResultSet rows =
        connection.createStatement(type, ResultSet.CONCUR_READ_ONLY).executeQuery("rows");
    rows.next();
    return rows;
  }

  @TestFactory
  List<DynamicTest> answersOrThrowsAnSqlException() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : OPENED.keySet().stream().sorted().toList()) {
      tests.add(test(name, "open", target -> {}));
      if (OPENED.get(name) != null && AutoCloseable.class.isAssignableFrom(TYPES.get(name))) {
        tests.add(test(name, "closed", target -> ((AutoCloseable) target).close()));
      }
    }
    return tests;
  }

  /** The methods of what is closed throw, but for those that JDBC lets answer. */
  @TestFactory
  List<DynamicTest> nothingWorksOnAClosedConnection() {
    Set<String> answering =
        Set.of(
            "close",
            "isClosed",
            "isValid",
            "abort",
            "unwrap",
            "isWrapperFor",
            "beginRequest",
            "endRequest");
    return Arrays.stream(Connection.class.getMethods())
        .filter(method -> !answering.contains(method.getName()))
        .map(
            method ->
                DynamicTest.dynamicTest(
                    method.toString(),
                    () -> {
                      TurntableConnection connection = new FakeEngine().connect();
                      connection.close();
                      assertThat(invoke(connection, method, ARGUMENTS.get(0)))
                          .isInstanceOf(SQLException.class);
                    }))
        .toList();
  }

  private interface Preparation {
    void prepare(Object target) throws Exception;
  }

  private static DynamicTest test(String name, String state, Preparation preparation) {
    return DynamicTest.dynamicTest(
        state + " " + name,
        () -> {
          AnswerTable table = new AnswerTable();
          List<Method> methods =
              Arrays.stream(TYPES.get(name).getMethods())
                  .sorted(Comparator.comparing((Method m) -> LAST.contains(m.getName())))
                  .toList();
          for (Method method : methods) {
            for (Arguments arguments : ARGUMENTS) {
              try (TurntableConnection connection = new FakeEngine().connect()) {
                Object target = OPENED.get(name).of(connection);
                preparation.prepare(target);
                table.put(target, method, invoke(target, method, arguments));
              }
            }
          }
          table.matches(state + " " + name);
        });
  }

  /** Calls a method and returns its answer, or its failure, which must be a good one. */
  private static @Nullable Object invoke(Object target, Method method, Arguments arguments)
      throws IllegalAccessException {
    Object[] values =
        Arrays.stream(method.getParameterTypes()).map(t -> argument(t, arguments)).toArray();
    String call = method + " with " + Arrays.deepToString(values);
    try {
      Object answer = method.invoke(target, values);
      if (method.getReturnType().isPrimitive() && method.getReturnType() != void.class) {
        assertThat(answer).isNotNull();
      }
      if (target instanceof DatabaseMetaData && answer instanceof ResultSet rows) {
        return readAll(rows);
      }
      return answer;
    } catch (InvocationTargetException e) {
      assertThat(e.getCause()).as(call).isInstanceOf(SQLException.class);
      SQLException failure = (SQLException) e.getCause();
      assertThat(failure.getMessage()).as(call).isNotBlank();
      if (!(failure instanceof SQLClientInfoException)) {
        assertThat(failure.getSQLState()).as(call + ": " + failure).isIn(STATES);
      }
      if (failure instanceof SQLFeatureNotSupportedException) {
        assertThat(failure.getSQLState()).isEqualTo("0A000");
      }
      return failure;
    } catch (SQLException e) {
      throw new AssertionError(call, e);
    }
  }

  /** Returns how many rows of how many columns there are. */
  private static String readAll(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    assertThat(columns.getColumnCount()).isPositive();
    int count = 0;
    while (rows.next()) {
      count++;
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        Object value = rows.getObject(i);
        assertThat(
                value == null || columns.getColumnClassName(i).equals(value.getClass().getName()))
            .as("%s: %s", columns.getColumnName(i), value)
            .isTrue();
      }
    }
    return count + " rows of " + columns.getColumnCount() + " columns";
  }

  private static @Nullable Object argument(Class<?> type, Arguments arguments) {
    Object simple = simple(type, arguments);
    return simple != null || type == String.class || !arguments.objects()
        ? simple
        : object(type, arguments);
  }

  private static @Nullable Object simple(Class<?> type, Arguments arguments) {
    if (type == int.class) {
      return arguments.number();
    }
    if (type == long.class) {
      return (long) arguments.number();
    }
    if (type == boolean.class) {
      return arguments.objects();
    }
    if (type == byte.class) {
      return (byte) arguments.number();
    }
    if (type == short.class) {
      return (short) arguments.number();
    }
    if (type == float.class) {
      return (float) arguments.number();
    }
    if (type == double.class) {
      return (double) arguments.number();
    }
    return type == String.class ? arguments.text() : null;
  }

  @SuppressWarnings("JavaUtilDate") // JDBC
  private static @Nullable Object object(Class<?> type, Arguments arguments) {
    Object[] samples = {
      String.class,
      new BigDecimal("1.5"),
      new Date(0),
      new Time(0),
      new Timestamp(0),
      new GregorianCalendar(),
      new StringReader("text"),
      new ByteArrayInputStream(new byte[] {65}),
      new TextClob("text"),
      ListArray.of(List.of("x")),
      new Properties(),
      JDBCType.VARCHAR,
      (Executor) Runnable::run,
      Map.of("T", String.class),
      new int[] {arguments.number()},
      new String[] {String.valueOf(arguments.text())},
      new byte[] {1}
    };
    return Arrays.stream(samples).filter(type::isInstance).findFirst().orElse(null);
  }
}
