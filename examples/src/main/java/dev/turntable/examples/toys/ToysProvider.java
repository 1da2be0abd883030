package dev.turntable.examples.toys;

import dev.turntable.source.ConnectionScope;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.SourceSchema;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TaskSource;
import dev.turntable.source.TaskSourceProvider;
import java.util.List;

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
    Workshop workshop = new Workshop(config.string("baseUrl"));
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
        return workshop.get(scope, OrdersTable.NAME, "/orders?limit=1").isPresent();
      }

      @Override
      public void close() {}
    };
  }
}
