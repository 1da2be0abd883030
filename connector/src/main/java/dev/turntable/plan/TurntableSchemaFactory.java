package dev.turntable.plan;

import dev.turntable.config.ConfigRequest;
import dev.turntable.config.ConfigResolver;
import dev.turntable.config.Setting;
import dev.turntable.config.Sources;
import dev.turntable.plan.catalog.SourceCatalogSchema;
import dev.turntable.plan.catalog.SourceSet;
import dev.turntable.plan.generated.EnumerableScan;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaFactory;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/**
 * Mounts the tables of a source in any Calcite, by a model file.
 *
 * <p>The operand {@code source} names the source; every other operand is a connection property, as in
 * the JDBC URL. The schema holds the tables of the source; what else it offers (the typed runs of
 * Rightbrain, the system schema {@code turntable}) are its sub-schemas. Filters, columns and limits
 * reach the service; everything else is Calcite's.
 */
public final class TurntableSchemaFactory implements SchemaFactory {
  /** Called by Calcite. */
  public TurntableSchemaFactory() {}

  /**
   * Creates the schema. Sends nothing.
   *
   * @throws TurntableException if an operand is missing, unknown or cannot be used
   */
  @Override
  public Schema create(SchemaPlus parentSchema, String name, Map<String, Object> operand) {
    if (!(operand.get("source") instanceof String source)) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE,
          "schema " + name + " needs the operand source, one of " + Sources.known().keySet());
    }
    List<Setting> settings = new ArrayList<>();
    operand.forEach(
        (key, value) -> {
          if (isProperty(key)) {
            settings.add(new Setting(key, String.valueOf(value)));
          }
        });
    SourceSet sources =
        SourceSet.open(
            ConfigResolver.resolve(
                    new ConfigRequest(
                        Sources.named(List.of(source)),
                        settings,
                        Map.of(),
                        System.getenv(),
                        Map.of()))
                .config());
    return new Mounted(sources.schemas(EnumerableScan.RULES));
  }

  /** Calcite adds operands of its own. */
  private static boolean isProperty(String operand) {
    return !operand.equals("source")
        && !operand.equals("modelUri")
        && !operand.equals("baseDirectory")
        && !operand.equals("tables");
  }

  private static final class Mounted extends AbstractSchema {
    private final SourceCatalogSchema main;
    private final Map<String, Schema> others = new LinkedHashMap<>();

    Mounted(Map<String, SourceCatalogSchema> schemas) {
      List<SourceCatalogSchema> all = List.copyOf(schemas.values());
      main = all.get(0);
      all.subList(1, all.size()).forEach(schema -> others.put(schema.source().name(), schema));
    }

    @Override
    protected Map<String, Table> getTableMap() {
      return main.getTableMap();
    }

    @Override
    protected Map<String, Schema> getSubSchemaMap() {
      return others;
    }
  }
}
