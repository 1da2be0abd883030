package dev.turntable.jdbc.statement;

import dev.turntable.engine.ColumnInfo;
import dev.turntable.jdbc.error.Wrapping;
import dev.turntable.jdbc.result.Columns;
import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.util.List;

/** The parameters of a prepared statement. */
final class TurntableParameterMetaData implements ParameterMetaData, Wrapping {
  private final List<ColumnInfo> parameters;

  TurntableParameterMetaData(List<ColumnInfo> parameters) {
    this.parameters = parameters;
  }

  private ColumnInfo parameter(int index) throws SQLException {
    if (index < 1 || index > parameters.size()) {
      throw BoundParameters.noSuch(index, parameters.size());
    }
    return parameters.get(index - 1);
  }

  @Override
  public int getParameterCount() {
    return parameters.size();
  }

  @Override
  public int isNullable(int index) throws SQLException {
    return parameter(index).nullable() ? parameterNullable : parameterNoNulls;
  }

  @Override
  public boolean isSigned(int index) throws SQLException {
    return Columns.isNumeric(parameter(index).type());
  }

  @Override
  public int getPrecision(int index) throws SQLException {
    return Columns.precision(parameter(index));
  }

  @Override
  public int getScale(int index) throws SQLException {
    return Columns.scale(parameter(index));
  }

  @Override
  public int getParameterType(int index) throws SQLException {
    return parameter(index).type().getVendorTypeNumber();
  }

  @Override
  public String getParameterTypeName(int index) throws SQLException {
    return parameter(index).typeName();
  }

  @Override
  public String getParameterClassName(int index) throws SQLException {
    return Columns.className(parameter(index).type());
  }

  @Override
  public int getParameterMode(int index) throws SQLException {
    parameter(index);
    return parameterModeIn;
  }
}
