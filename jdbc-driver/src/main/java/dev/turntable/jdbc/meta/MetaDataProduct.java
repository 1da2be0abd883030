package dev.turntable.jdbc.meta;

import java.sql.DatabaseMetaData;

/** Metadata: what this is, in which version, and where it keeps its data. */
public interface MetaDataProduct extends DatabaseMetaData {
  @Override
  default boolean usesLocalFilePerTable() {
    return false;
  }

  @Override
  default boolean usesLocalFiles() {
    return false;
  }

  @Override
  default String getDatabaseProductName() {
    return "Turntable";
  }

  @Override
  default String getDatabaseProductVersion() {
    return DriverVersion.TEXT;
  }

  @Override
  default int getDatabaseMajorVersion() {
    return DriverVersion.MAJOR;
  }

  @Override
  default int getDatabaseMinorVersion() {
    return DriverVersion.MINOR;
  }

  @Override
  default String getDriverName() {
    return "Turntable JDBC Driver";
  }

  @Override
  default String getDriverVersion() {
    return DriverVersion.TEXT;
  }

  @Override
  default int getDriverMajorVersion() {
    return DriverVersion.MAJOR;
  }

  @Override
  default int getDriverMinorVersion() {
    return DriverVersion.MINOR;
  }

  @Override
  default int getJDBCMajorVersion() {
    return 4;
  }

  @Override
  default int getJDBCMinorVersion() {
    return 3;
  }

  @Override
  default int getSQLStateType() {
    return DatabaseMetaData.sqlStateSQL;
  }
}
