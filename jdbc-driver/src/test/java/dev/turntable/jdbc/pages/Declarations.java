package dev.turntable.jdbc.pages;

import dev.turntable.config.ConfigRequest;
import dev.turntable.config.ConfigResolver;
import dev.turntable.config.Sources;
import dev.turntable.plan.catalog.SourceCatalogSchema;
import dev.turntable.plan.catalog.SourceSet;
import dev.turntable.plan.scan.SourceTable;
import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.handinger.HandingerState;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.source.SourceSchema;
import dev.turntable.source.TableDef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Table;

/** The tables as they are declared, on services like the demo's. */
final class Declarations implements AutoCloseable {
  private final Simulator simulator;
  private final SourceSet sources;

  private Declarations(Simulator simulator, SourceSet sources) {
    this.simulator = simulator;
    this.sources = sources;
  }

  /** A schema with its tables. */
  record Declared(SourceSchema schema, List<TableDef<?>> tables) {}

  static Declarations open() throws IOException {
    Simulator simulator = Simulator.start(SimulatorOptions.demo());
    Map<String, String> presets =
        Map.of(
            "handinger.baseUrl", simulator.handingerUrl(),
            "handinger.apiKey", HandingerOptions.DEMO_KEY,
            "handinger.workerIds", String.join(",", HandingerState.demoWorkerIds()),
            "rightbrain.baseUrl", simulator.rightbrainUrl(),
            "rightbrain.apiKey", RightbrainOptions.DEMO_KEY,
            "rightbrain.orgId", simulator.rightbrain().orgId(),
            "rightbrain.projectId", simulator.rightbrain().projectId());
    ConfigRequest request =
        new ConfigRequest(
            Stream.of("handinger", "rightbrain").map(Sources.known()::get).toList(),
            List.of(),
            Map.of(),
            Map.of(),
            presets);
    return new Declarations(simulator, SourceSet.open(ConfigResolver.resolve(request).config()));
  }

  /** Returns the schemas in the order of the URL, last the one that describes them. */
  List<Declared> schemas() {
    List<Declared> schemas = new ArrayList<>();
    sources.schemas().values().forEach(schema -> schemas.add(declared(schema)));
    for (CalciteSchema schema : sources.root().getSubSchemaMap().values()) {
      if (!sources.schemas().containsKey(schema.name)) {
        schemas.add(declared((SourceCatalogSchema) schema.schema));
      }
    }
    return schemas;
  }

  private static Declared declared(SourceCatalogSchema schema) {
    return new Declared(
        schema.source(),
        schema.getTableMap().values().stream().map(Declarations::definition).toList());
  }

  private static TableDef<?> definition(Table table) {
    return ((SourceTable) table).definition();
  }

  @Override
  public void close() {
    sources.close();
    simulator.close();
  }
}
