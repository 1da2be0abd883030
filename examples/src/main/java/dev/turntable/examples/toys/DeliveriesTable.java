package dev.turntable.examples.toys;

import dev.turntable.http.JsonApi;
import dev.turntable.http.JsonRecord;
import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import java.util.List;
import java.util.Map;

/** The table {@code deliveries}: one request gives them all, those of archived orders too. */
final class DeliveriesTable {
  private static final String NAME = "toys.deliveries";

  private DeliveriesTable() {}

  private record Delivery(String id, String orderId) {
    static Delivery of(JsonRecord json) {
      return new Delivery(json.text("id"), json.text("order_id"));
    }
  }

  static TableDef<?> of(JsonApi workshop) {
    return TableDef.readOnly(
        "deliveries",
        "Orders that left the workshop",
        List.of(
            Column.varchar("id", Delivery::id).notNull().remarks("Delivery number"),
            Column.varchar("order_id", Delivery::orderId).notNull().remarks("What was delivered")),
        List.of("id"),
        List.of(new All(workshop)));
  }

  private record All(JsonApi workshop) implements AccessPath<Delivery> {
    @Override
    public String name() {
      return "all";
    }

    @Override
    public List<RequestEstimate> estimate(ScanRequest request) {
      return List.of(RequestEstimate.exactly("GET /deliveries", 1));
    }

    @Override
    public List<Fetch<Delivery>> open(ScanRequest request, StatementScope scope) {
      return List.of(this::read);
    }

    private Page<Delivery> read(StatementScope scope) {
      Object all = workshop.get(scope, NAME, "deliveries", Map.of(), Map.of());
      return Page.last(JsonRecord.list(NAME, all).stream().map(Delivery::of).toList());
    }
  }
}
