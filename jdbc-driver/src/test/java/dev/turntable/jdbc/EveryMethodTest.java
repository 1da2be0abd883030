package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every method of JDBC answers, or throws an SQLException with a state; nothing else gets out. */
@NullMarked
class EveryMethodTest {
  private static final Set<String> LAST = Set.of("close", "abort");

  private interface Opened {
    Object of(TurntableConnection connection) throws SQLException;
  }

  @TestFactory
  List<DynamicTest> answersOrThrowsAnSqlException() {
    return List.of(
        test(Connection.class, connection -> connection),
        test(DatabaseMetaData.class, TurntableConnection::getMetaData),
        test(PreparedStatement.class, connection -> connection.prepareStatement("rows")),
        test(ResultSet.class, connection -> rows(connection, ResultSet.TYPE_FORWARD_ONLY)),
        test(ResultSet.class, connection -> rows(connection, ResultSet.TYPE_SCROLL_INSENSITIVE)),
        test(
            ResultSetMetaData.class,
            connection -> rows(connection, ResultSet.TYPE_FORWARD_ONLY).getMetaData()),
        test(
            ParameterMetaData.class,
            connection -> connection.prepareStatement("rows").getParameterMetaData()),
        test(
            javax.sql.DataSource.class,
            connection -> {
              return new TurntableDataSource();
            }),
        test(
            java.sql.Driver.class,
            connection -> {
              return new TurntableDriver();
            }));
  }

  private static ResultSet rows(TurntableConnection connection, int type) throws SQLException {
    ResultSet rows =
        connection.createStatement(type, ResultSet.CONCUR_READ_ONLY).executeQuery("rows");
    rows.next();
    return rows;
  }

  private static DynamicTest test(Class<?> type, Opened opened) {
    return DynamicTest.dynamicTest(
        type.getSimpleName(),
        () -> {
          List<Method> methods =
              Arrays.stream(type.getMethods())
                  .sorted(Comparator.comparing((Method m) -> LAST.contains(m.getName())))
                  .toList();
          for (Method method : methods) {
            for (boolean nulls : new boolean[] {false, true}) {
              try (TurntableConnection connection = new FakeEngine().connect()) {
                call(opened.of(connection), method, nulls);
              }
            }
          }
        });
  }

  private static void call(Object target, Method method, boolean nulls) throws Exception {
    Object[] arguments =
        Arrays.stream(method.getParameterTypes()).map(t -> argument(t, nulls)).toArray();
    try {
      Object answer = method.invoke(target, arguments);
      if (method.getReturnType().isPrimitive() && method.getReturnType() != void.class) {
        assertThat(answer).isNotNull();
      }
      if (target instanceof DatabaseMetaData && answer instanceof ResultSet rows) {
        readAll(rows);
      }
    } catch (InvocationTargetException e) {
      assertThat(e.getCause()).as("%s(%s)", method, nulls).isInstanceOf(SQLException.class);
      SQLException failure = (SQLException) e.getCause();
      if (!(failure instanceof java.sql.SQLClientInfoException)) {
        assertThat(failure.getSQLState()).as(method.toString()).isNotNull();
      }
      assertThat(failure.getMessage()).as(method.toString()).isNotBlank();
      if (failure instanceof SQLFeatureNotSupportedException) {
        assertThat(failure.getSQLState()).isEqualTo("0A000");
      }
    }
  }

  private static void readAll(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    assertThat(columns.getColumnCount()).isPositive();
    while (rows.next()) {
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        Object value = rows.getObject(i);
        assertThat(
                value == null || columns.getColumnClassName(i).equals(value.getClass().getName()))
            .as("%s: %s", columns.getColumnName(i), value)
            .isTrue();
      }
    }
  }

  private static @Nullable Object argument(Class<?> type, boolean nulls) {
    if (type == int.class) {
      return 1;
    }
    if (type == long.class) {
      return 1L;
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == byte.class) {
      return (byte) 1;
    }
    if (type == short.class) {
      return (short) 1;
    }
    if (type == float.class) {
      return 1f;
    }
    if (type == double.class) {
      return 1d;
    }
    if (type == String.class) {
      return nulls ? null : "rows";
    }
    if (type == Class.class && !nulls) {
      return String.class;
    }
    return null;
  }
}
