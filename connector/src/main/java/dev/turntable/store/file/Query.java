package dev.turntable.store.file;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A query of the store and the values of its parameters, put together in the same order. */
public final class Query {
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  /** Adds text, and the values of the parameters in it. */
  public Query add(String text, Object... more) {
    sql.append(text);
    values.addAll(List.of(more));
    return this;
  }

  public Query add(Query other) {
    sql.append(other.sql);
    values.addAll(other.values);
    return this;
  }

  /** Returns the statement, which the caller closes. */
  public PreparedStatement prepare(Connection connection, String before) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(before + sql);
    int wanted = statement.getParameterMetaData().getParameterCount();
    if (wanted != values.size()) { // DuckDB takes NULL for one that is missing
      statement.close();
      throw new IllegalStateException(
          wanted + " parameters, and " + values.size() + " values: " + sql);
    }
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
    return statement;
  }

  public PreparedStatement prepare(Connection connection) throws SQLException {
    return prepare(connection, "");
  }
}
