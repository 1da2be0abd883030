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

  /** Asked all the time while a statement is planned, so here it is that planning looks for its end. */
  @Override
  public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
    SourceSet.checkPlanned();
    return super.createTypeWithNullability(type, nullable);
  }

  @Override
  public RelDataType createSqlType(SqlTypeName typeName) {
    SourceSet.checkPlanned();
    return super.createSqlType(typeName == SqlTypeName.CHAR ? SqlTypeName.VARCHAR : typeName);
  }

  @Override
  public RelDataType createSqlType(SqlTypeName typeName, int precision) {
    SourceSet.checkPlanned();
    return super.createSqlType(
        typeName == SqlTypeName.CHAR ? SqlTypeName.VARCHAR : typeName, precision);
  }
}
