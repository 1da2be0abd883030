package dev.turntable.examples.toys;

import dev.turntable.http.JsonApi;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.SourceSchema;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TaskSource;
import dev.turntable.source.TaskSourceProvider;
import java.util.List;
import java.util.Map;

/** The service {@code toys}; named in {@code META-INF/services}, so that connections find it. */
public final class ToysProvider implements TaskSourceProvider {
  @Override
  public String name() {
    return "toys";
  }

  @Override
  public List<PropertyDef> properties() {
    return List.of(PropertyDef.of("baseUrl", PropertyDef.Type.URL, "Where the workshop is."));
  }

  @Override
  public TaskSource open(SourceConfig config, ConnectionScope connection) {
    JsonApi workshop = JsonApi.open(config, connection);
    return new TaskSource() {
      @Override
      public List<SourceSchema> schemas() {
        return List.of(
            SourceSchema.fixed(
                "toys",
                "A workshop of toys",
                List.of(OrdersTable.of(workshop), DeliveriesTable.of(workshop))));
      }

      @Override
      public boolean isValid(StatementScope scope) {
        return workshop.isAnswered(
            scope, OrdersTable.NAME, "orders", Map.of(), Map.of("limit", "1"));
      }

      @Override
      public void close() {
        workshop.close();
      }
    };
  }
}
