package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Script engines look methods up in the class of an object, and call what is public there. */
class ReflectionTest {
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:turntable:demo");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private static Object call(Object object, String name, Class<?>[] types, Object... values)
      throws ReflectiveOperationException {
    Method method = object.getClass().getMethod(name, types);
    return method.invoke(object, values);
  }

  @Test
  void whatIsFoundInAClassCanBeCalled() throws Exception {
    Class<?>[] none = {};
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 'x' AS a, 7 AS b");
        PreparedStatement prepared = connection.prepareStatement("SELECT ? AS a")) {
      assertThat(call(rows, "next", none)).isEqualTo(true);
      assertThat(call(rows, "getString", new Class<?>[] {int.class}, 1)).isEqualTo("x");
      assertThat(call(rows, "getInt", new Class<?>[] {String.class}, "b")).isEqualTo(7);
      assertThat(call(statement, "getQueryTimeout", none)).isEqualTo(0);
      call(prepared, "setString", new Class<?>[] {int.class, String.class}, 1, "y");
      assertThat(call(prepared, "execute", none)).isEqualTo(true);
      DatabaseMetaData metaData = connection.getMetaData();
      assertThat(call(metaData, "supportsGroupBy", none)).isEqualTo(true);
      assertThat(call(metaData, "getMaxConnections", none)).isEqualTo(0);
    }
  }
}
