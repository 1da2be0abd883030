package dev.turntable.plan;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** Makes text Unicode, and character literals VARCHAR, so that no comparison pads with blanks. */
final class SqlTypeFactory extends JavaTypeFactoryImpl {
  SqlTypeFactory() {
    super(SqlTypeSystem.INSTANCE);
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  @Override
  public RelDataType createSqlType(SqlTypeName typeName) {
    return super.createSqlType(typeName == SqlTypeName.CHAR ? SqlTypeName.VARCHAR : typeName);
  }

  @Override
  public RelDataType createSqlType(SqlTypeName typeName, int precision) {
    return super.createSqlType(
        typeName == SqlTypeName.CHAR ? SqlTypeName.VARCHAR : typeName, precision);
  }
}
