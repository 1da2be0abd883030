package dev.turntable.examples.toys;

import dev.turntable.source.AccessPath;
import dev.turntable.source.Column;
import dev.turntable.source.Coverage;
import dev.turntable.source.Fetch;
import dev.turntable.source.Page;
import dev.turntable.source.RequestEstimate;
import dev.turntable.source.ScanRequest;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TableDef;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
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

  /** A line of the workshop's answers: id, toy, minutes of work, time, apart by tabs. */
  private record Order(String id, String toy, long minutes, Instant ordered) {
    static Order of(String line) {
      String[] parts = line.split("\t", -1);
      return new Order(parts[0], parts[1], Long.parseLong(parts[2]), Instant.parse(parts[3]));
    }
  }

  static TableDef<?> of(Workshop workshop) {
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

  private static List<Order> orders(Workshop workshop, StatementScope scope, String path) {
    return workshop.get(scope, NAME, path).orElse(List.of()).stream().map(Order::of).toList();
  }

  /** One request per id, and no row if there is none. Sees every order: no coverage is declared. */
  private record ById(Workshop workshop) implements AccessPath<Order> {
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
      return scope -> Page.last(orders(workshop, scope, "/orders/" + id));
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
  private record All(Workshop workshop, ListedOrders listed) implements AccessPath<Order> {
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
      Object toy = request.equalTo("toy");
      String path = "/orders?limit=" + limit + (toy == null ? "" : "&toy=" + encoded(toy));
      return List.of(page(path, limit, ""));
    }

    private static String encoded(Object value) {
      return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
    }

    private Fetch<Order> page(String path, long limit, String after) {
      return scope -> {
        List<Order> orders = orders(workshop, scope, path + after);
        orders.forEach(order -> listed.note(order.id(), scope));
        return orders.size() < limit
            ? Page.last(orders)
            : Page.then(orders, page(path, limit, "&after=" + orders.get(orders.size() - 1).id()));
      };
    }
  }
}
