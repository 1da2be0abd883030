package dev.turntable.examples.toys;

import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import java.util.List;

/** The table {@code deliveries}: one request gives them all, those of archived orders too. */
final class DeliveriesTable {
  private DeliveriesTable() {}

  /** A line of the workshop's answer. */
  private record Delivery(String id, String orderId) {
    static Delivery of(String line) {
      String[] parts = line.split("\t", -1);
      return new Delivery(parts[0], parts[1]);
    }
  }

  static TableDef<?> of(Workshop workshop) {
    return TableDef.readOnly(
        "deliveries",
        "Orders that left the workshop",
        List.of(
            Column.varchar("id", Delivery::id).notNull().remarks("Delivery number"),
            Column.varchar("order_id", Delivery::orderId).notNull().remarks("What was delivered")),
        List.of("id"),
        List.of(new All(workshop)));
  }

  private record All(Workshop workshop) implements AccessPath<Delivery> {
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
      List<String> lines = workshop.get(scope, "toys.deliveries", "/deliveries").orElse(List.of());
      return Page.last(lines.stream().map(Delivery::of).toList());
    }
  }
}
