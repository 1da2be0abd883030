package dev.turntable.plan.catalog;

import com.google.common.collect.ImmutableMap;
import dev.turntable.plan.scan.SourceScan;
import dev.turntable.plan.scan.SourceTable;
import dev.turntable.source.SourceSchema;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.jspecify.annotations.Nullable;

/** A schema of a source as Calcite sees it. */
public final class SourceCatalogSchema extends AbstractSchema {
  private final SchemaTables schema;
  private final List<RelOptRule> rules;
  private volatile @Nullable ImmutableMap<String, Table> tables;

  /**
   * @param rules lets a cost-based planner push into scans and run them
   */
  SourceCatalogSchema(SchemaTables schema, List<RelOptRule> rules) {
    this.schema = schema;
    this.rules = rules;
  }

  public SourceSchema source() {
    return schema.source();
  }

  /** Two threads that ask first may make two maps, which are equal and hold no state. */
  @Override
  public Map<String, Table> getTableMap() {
    ImmutableMap<String, Table> known = tables;
    if (known == null) {
      ImmutableMap.Builder<String, Table> builder = ImmutableMap.builder();
      schema
          .definitions()
          .forEach(
              (name, table) ->
                  builder.put(
                      name,
                      new SourceTable(
                          source().name(), table, schema::newScope, SourceScan::of, rules)));
      known = builder.build();
      tables = known;
    }
    return known;
  }
}
