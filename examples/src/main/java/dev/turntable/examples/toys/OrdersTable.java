package dev.turntable.examples.toys;

import dev.turntable.http.JsonApi;
import dev.turntable.http.JsonRecord;
import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import dev.turntable.source.Coverage;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The table {@code orders}: its columns, and the two ways to read it. */
final class OrdersTable {
  static final String NAME = "toys.orders";

  private static final int PAGE = 10;
  private static final Pattern ID = Pattern.compile("[0-9]{1,9}");

  private OrdersTable() {}

  private record Order(String id, String toy, long minutes, Instant ordered) {
    static Order of(JsonRecord json) {
      return new Order(
          json.text("id"), json.text("toy"), json.integer("minutes"), json.time("ordered"));
    }
  }

  static TableDef<?> of(JsonApi workshop) {
    return TableDef.readOnly(
        "orders",
        "Toys that were ordered. The workshop's list leaves out archived orders; name those by id",
        List.of(
            Column.varchar("id", Order::id).notNull().remarks("Order number"),
            Column.varchar("toy", Order::toy).notNull().remarks("What is made"),
            Column.bigint("minutes", Order::minutes).notNull().remarks("Work, minutes"),
            Column.timestamp("ordered", Order::ordered).notNull().remarks("When, UTC")),
        List.of("id"),
        List.of(new ById(workshop), new All(workshop, new ListedOrders())));
  }

  /** One request per id, and no row if there is none. Sees every order: no coverage is declared. */
  private record ById(JsonApi workshop) implements AccessPath<Order> {
    @Override
    public String name() {
      return "by id";
    }

    @Override
    public List<String> keys() {
      return List.of("id");
    }

    @Override
    public boolean unique() {
      return true;
    }

    @Override
    public List<RequestEstimate> estimate(ScanRequest request) {
      return List.of(RequestEstimate.exactly("GET /orders/{id}", ids(request).size()));
    }

    @Override
    public List<RequestEstimate> estimatePerKey() {
      return List.of(RequestEstimate.exactly("GET /orders/{id}", 1));
    }

    @Override
    public List<Fetch<Order>> open(ScanRequest request, StatementScope scope) {
      return ids(request).stream().map(this::step).toList();
    }

    private Fetch<Order> step(String id) {
      return scope -> {
        Object order = workshop.find(scope, NAME, "orders/{id}", Map.of("id", id), Map.of());
        return Page.last(order == null ? List.of() : List.of(Order.of(JsonRecord.of(NAME, order))));
      };
    }

    private static List<String> ids(ScanRequest request) {
      return request.keys().stream()
          .map(key -> (String) key.get(0))
          .filter(id -> ID.matcher(id).matches())
          .toList();
    }
  }

  /**
   * Pages of ten, each after the last id of the one before; asked for one toy if that is enough. Leaves
   * out archived orders, and says so.
   */
  private record All(JsonApi workshop, ListedOrders listed) implements AccessPath<Order> {
    @Override
    public String name() {
      return "all";
    }

    @Override
    public Map<String, Set<Operator>> serves() {
      return Map.of("toy", EnumSet.of(Operator.EQUALS));
    }

    @Override
    public Coverage coverage(ScanRequest request) {
      return Coverage.of(
          "id",
          listed,
          "what the workshop lists, which leaves out archived orders",
          "name an archived order by id (=, IN or a join) to read it");
    }

    @Override
    public List<RequestEstimate> estimate(ScanRequest request) {
      return List.of(RequestEstimate.atLeast("GET /orders", 1));
    }

    @Override
    public List<Fetch<Order>> open(ScanRequest request, StatementScope scope) {
      long limit = Math.max(1, Math.min(PAGE, request.limit().orElse(PAGE)));
      Map<String, String> query = new LinkedHashMap<>();
      query.put("limit", String.valueOf(limit));
      if (request.equalTo("toy") instanceof String toy) {
        query.put("toy", toy);
      }
      return List.of(page(query, limit));
    }

    private Fetch<Order> page(Map<String, String> query, long limit) {
      return scope -> {
        Object page = workshop.get(scope, NAME, "orders", Map.of(), query);
        List<Order> orders = JsonRecord.list(NAME, page).stream().map(Order::of).toList();
        orders.forEach(order -> listed.note(order.id(), scope));
        if (orders.size() < limit) {
          return Page.last(orders);
        }
        Map<String, String> next = new LinkedHashMap<>(query);
        next.put("after", orders.get(orders.size() - 1).id());
        return Page.then(orders, page(next, limit));
      };
    }
  }
}
