package dev.turntable.examples.toys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a table means whose list leaves rows out: of 25 orders, 5, 8 and 10 are archived, and every
 * fifth one is delivered.
 */
class OpenOrdersTest {
  private static final String[] LIST = {
    "/orders?limit=10", "/orders?limit=10&after=13", "/orders?limit=10&after=23"
  };
  private static final String WARNING =
      "toys.orders shows what the workshop lists, which leaves out archived orders; name an archived"
          + " order by id (=, IN or a join) to read it";

  private Toys toys;

  @BeforeEach
  void open() throws IOException {
    toys = new Toys(25);
    archive(toys);
  }

  private static void archive(Toys toys) {
    IntStream.of(5, 8, 10).forEach(toys.workshop()::archive);
  }

  @AfterEach
  void close() {
    toys.close();
  }

  private static String[] and(String[] some, String... more) {
    return Stream.of(some, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  /** A list of the ids from 1 on, in quotes. */
  private static String ids(int to) {
    return IntStream.rangeClosed(1, to)
        .mapToObj(id -> "'" + id + "'")
        .collect(Collectors.joining(", "));
  }

  @Test
  void theListIsWhatItIsAndSaysSo() {
    String sql = "SELECT COUNT(*) FROM orders";
    assertThat(toys.explain(sql))
        .isEqualTo(
            """
            Aggregate COUNT(*)
              Scan toys.orders
                GET /orders x 1 (at least)
                known ids only""");
    toys.rows(sql).is("22").asked(LIST).told(WARNING);
    toys.rows("SELECT scope, row_count, exhaustive FROM turntable.coverage")
        .is("all 22 false")
        .asked()
        .told();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM orders WHERE id IN ('4', '5')",
        "SELECT id FROM orders WHERE id = '4' OR id = '5'",
        "SELECT id FROM orders WHERE (id = '4' OR '5' = id) AND minutes >= 0",
      })
  void idsAreAskedForAndTheListIsNot(String sql) {
    assertThat(toys.explain(sql))
        .contains("GET /orders/{id} x 2 (exact)")
        .doesNotContain("known ids only");
    toys.rows(sql).is("4", "5").asked("/orders/4", "/orders/5").told();
  }

  @Test
  void idsInParametersAreIdsToo() {
    toys.rows("SELECT id FROM orders WHERE id = ? OR id = ?", "4", "5")
        .is("4", "5")
        .asked("/orders/4", "/orders/5")
        .told();
  }

  /** Order 5 is in no list, and takes 50 minutes. */
  @Test
  void anIdBesideAnotherConditionIsReadAfterTheList() {
    String sql = "SELECT id FROM orders WHERE id = '5' OR minutes = 60";
    assertThat(toys.explain(sql))
        .isEqualTo(
            """
            Scan toys.orders
              GET /orders x 1 (at least)
              known ids only
              GET /orders/{id} x 1 (at most)
              local: id = '5' OR minutes = 60""");
    toys.rows(sql).is("5", "6", "13", "20").asked(and(LIST, "/orders/5")).told(WARNING);
  }

  @Test
  void underNotAnIdNamesNothing() {
    toys.rows("SELECT COUNT(*) FROM orders WHERE NOT (id = '5')")
        .is("22")
        .asked(LIST)
        .told(WARNING);
  }

  /** Few orders are archived: of many ids the list gives the most, and only the others are asked. */
  @Test
  void theListIsReadWhereThatTakesFewerRequests() {
    String sql = "SELECT COUNT(*) FROM orders WHERE id IN (" + ids(60) + ")";
    assertThat(toys.explain(sql))
        .contains(
            "GET /orders/{id} one per key of Values 60 rows",
            "GET /orders x ? (known when read) instead, where that takes fewer");
    Toys.Result result = toys.rows(sql).is("25").told(WARNING);
    String[] unlisted =
        IntStream.concat(IntStream.of(5, 8, 10), IntStream.rangeClosed(26, 60))
            .mapToObj(id -> "/orders/" + id)
            .toArray(String[]::new);
    result.asked(and(LIST, unlisted));
  }

  /** The same by either way: 5 deliveries ask for 5 orders, 40 deliveries read the list. */
  @ParameterizedTest
  @ValueSource(ints = {25, 200})
  void noDeliveredOrderIsMissing(int orders) throws IOException {
    try (Toys many = new Toys(orders)) {
      archive(many);
      String delivered = String.valueOf(orders / 5);
      for (String join : new String[] {"JOIN", "LEFT JOIN"}) {
        many.rows(
                "SELECT COUNT(o.id), COUNT(*) FROM deliveries d %s orders o ON o.id = d.order_id"
                    .formatted(join))
            .is(delivered + " " + delivered);
      }
      for (String missing :
          new String[] {
            "SELECT d.id FROM deliveries d LEFT JOIN orders o ON o.id = d.order_id WHERE o.id IS NULL",
            "SELECT id FROM deliveries WHERE order_id NOT IN (SELECT id FROM orders)",
            "SELECT id FROM deliveries d WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id ="
                + " d.order_id)",
            "SELECT order_id FROM deliveries EXCEPT SELECT id FROM orders",
          }) {
        many.rows(missing).is();
      }
    }
  }

  @Test
  void aJoinAsksForTheOrdersOfItsOtherSide() {
    String[] sent = {
      "/deliveries", "/orders/5", "/orders/10", "/orders/15", "/orders/20", "/orders/25"
    };
    String sql = "SELECT d.id, o.toy FROM deliveries d %s orders o ON o.id = d.order_id";
    for (String join : new String[] {"JOIN", "LEFT JOIN"}) {
      toys.rows(sql.formatted(join))
          .is("1 train", "2 kite", "3 top", "4 train", "5 kite")
          .asked(sent)
          .told();
    }
    toys.rows("SELECT id FROM orders WHERE id IN (SELECT order_id FROM deliveries)")
        .is("5", "10", "15", "20", "25")
        .asked(sent)
        .told();
  }

  /** What is kept is the list and, after it, the archived orders that the deliveries name. */
  @Test
  void aKeptSideIsTheListAndWhatTheOtherSideNames() {
    String sql =
        "SELECT o.id, d.id FROM deliveries d RIGHT JOIN orders o ON o.id = d.order_id WHERE"
            + " o.minutes = 0 OR d.id < '3'";
    assertThat(toys.explain(sql))
        .contains("GET /orders/{id} one per key of toys.deliveries not read above");
    toys.rows(sql)
        .is("7 null", "14 null", "21 null", "5 1", "10 2")
        .asked(and(LIST, "/deliveries", "/orders/5", "/orders/10"))
        .told(WARNING);
    toys.rows(
            "SELECT COUNT(*), COUNT(d.id), COUNT(o.id) FROM deliveries d FULL JOIN orders o ON o.id"
                + " = d.order_id")
        .is("24 5 24")
        .asked(and(LIST, "/deliveries", "/orders/5", "/orders/10"))
        .told(WARNING);
  }
}
