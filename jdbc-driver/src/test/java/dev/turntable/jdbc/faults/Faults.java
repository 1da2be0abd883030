package dev.turntable.jdbc.faults;

import static dev.turntable.jdbc.faults.Outcome.COMPLETE;
import static dev.turntable.jdbc.faults.Outcome.WITHOUT_SOME_KEYS;
import static dev.turntable.jdbc.faults.Outcome.fails;
import static dev.turntable.jdbc.faults.Trouble.JSON;
import static dev.turntable.jdbc.faults.Trouble.answer;
import static dev.turntable.jdbc.faults.Trouble.status;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** The faults of the matrix, each with what a statement that meets it must end in. */
final class Faults {
  /** Long enough for a right answer on a busy machine, short enough to wait for a hundred times. */
  private static final Map<String, String> IMPATIENT = Map.of("requestTimeout", "3");

  /** A time-out while it connects says that nothing was sent. */
  private static final String[] SLOW = {"08006", "08001"};

  private Faults() {}

  /**
   * Returns all of them.
   *
   * @param elsewhere a server to which no key may go
   */
  static List<Fault> all(String elsewhere) {
    return List.of(
        // What the service refuses for good.
        Fault.of("401", status(401))
            .once(reading -> reading.isOfClient() ? COMPLETE.or(fails("28000")) : fails("28000"))
            .lasting(fails("28000"))
            .withWords(),
        Fault.of("403", status(403))
            // A run that may not be read may be listed.
            .once(reading -> reading.way().equals("by task_id and id") ? COMPLETE : fails("42501"))
            .lasting(fails("42501"))
            .withWords(),
        Fault.of("404 in the service's own words", status(404))
            .once(reading -> reading.key().isEmpty() ? fails("08001") : missing(reading))
            .lasting(reading -> reading.key().isEmpty() ? fails("08001") : missing(reading)),
        Fault.of("404 of somebody else", Trouble.page(404))
            // Where the turns come with the task, nobody knows the path at which they are asked
            // for.
            .once(
                reading ->
                    reading.way().endsWith("turns with the task")
                        ? COMPLETE.or(fails("08001"))
                        : fails("08001"))
            .lasting(fails("08001"))
            .withWords(),
        Fault.of("422", status(422))
            // What may be an optional parameter is left out.
            .once(
                reading ->
                    reading.schema().equals("handinger")
                        ? fails("22023")
                        : COMPLETE.or(fails("22023")))
            .lasting(fails("22023"))
            .withWords(),
        // What may come right.
        Fault.of("408", status(408)).passes("58000").withWords(),
        Fault.of("409", status(409)).passes("58000").withWords(),
        Fault.of("429, Retry-After in seconds", status(429, "Retry-After", "1"))
            .passes("58000")
            .withWords(),
        Fault.of("429, Retry-After in fractions", status(429, "Retry-After", "0.05"))
            .passes("58000")
            .withWords(),
        Fault.of("429, Retry-After as a date", exchange -> nextSecond().answer(exchange))
            .passes("58000")
            .withWords(),
        Fault.of("429, retry-after-ms", status(429, "retry-after-ms", "20"))
            .passes("58000")
            .withWords(),
        Fault.of("429 without a wish", status(429)).passes("58000").withWords(),
        Fault.of("429 that asks for hours", status(429, "Retry-After", "7200"))
            .fails("58000")
            .withWords(),
        Fault.of("500", status(500)).passes("58000").withWords(),
        Fault.of("502 of somebody else", Trouble.page(502)).passes("58000").withWords(),
        Fault.of("503", status(503)).passes("58000").withWords(),
        Fault.of("503, Retry-After: 0", status(503, "Retry-After", "0"))
            .passes("58000")
            .withWords(),
        Fault.of("504", status(504)).passes("58000").withWords(),
        Fault.of("400, x-should-retry", status(400, "x-should-retry", "true"))
            .passes("22023")
            .withWords(),
        Fault.of("503, no x-should-retry", status(503, "x-should-retry", "false"))
            .fails("58000")
            .withWords(),
        // The network.
        Fault.of("nobody there any more", Trouble.gone())
            .neverPasses()
            .lasting(fails("08001", "08006")),
        Fault.of("reset before the answer", Trouble.resetBeforeTheAnswer()).passes("08006"),
        Fault.of("end before the answer", Trouble.endBeforeTheAnswer()).passes("08006"),
        Fault.of("end in the headers", Trouble.endInTheHeaders()).passes("08006"),
        Fault.of("reset in the body", Trouble.resetInTheBody()).passes("08006"),
        Fault.of("end in the body", Trouble.endInTheBody()).passes("08006"),
        Fault.of("end before the last chunk", Trouble.endBeforeTheLastChunk()).passes("08006"),
        Fault.of("hangs before the answer", Trouble.hangBeforeTheAnswer())
            .passes(SLOW)
            .with(IMPATIENT),
        Fault.of("hangs in the body", Trouble.hangInTheBody()).passes(SLOW).with(IMPATIENT),
        Fault.of("a byte a second", Trouble.drip()).passes(SLOW).with(IMPATIENT),
        Fault.of("hangs, query time-out", Trouble.hangBeforeTheAnswer())
            .fails("HYT00")
            .withQueryTimeout(2),
        // Answers that are none.
        Fault.of("garbage", answer(200, JSON, "<!doctype html>{\"task\": oops")).fails("58000"),
        Fault.of("half of the JSON", Trouble.changed(text -> text.substring(0, text.length() / 2)))
            .fails("58000"),
        Fault.of("JSON with a tail", Trouble.changed(text -> text + "}")).fails("58000"),
        Fault.of("an empty object", answer(200, JSON, "{}")).once(Faults::noObject).atOnce(),
        Fault.of("an array", answer(200, JSON, "[]")).fails("58000"),
        Fault.of("a string", answer(200, JSON, "\"ok\"")).fails("58000"),
        Fault.of("null", answer(200, JSON, "null")).fails("58000"),
        Fault.of("numbers for objects", answer(200, JSON, Json.NUMBERS)).fails("58000"),
        Fault.of("an error under 200", answer(200, JSON, "{\"error\":\"no\"}"))
            .once(Faults::noObject)
            .atOnce(),
        Fault.of("another content type", Trouble.type("text/html")).fails("58000"),
        Fault.of("an empty 200", answer(200, JSON, "")).fails("58000"),
        Fault.of("204", answer(204, Map.of(), "")).fails("58000"),
        Fault.of("a redirect to another host", answer(302, Map.of("Location", elsewhere), ""))
            .fails("08001"),
        Fault.of("a redirect in a circle", exchange -> circle().answer(exchange))
            // A token is asked for by POST, which follows none.
            .once(reading -> reading.isOfClient() ? COMPLETE.or(fails("08001")) : COMPLETE)
            .lasting(fails("08001")),
        // Answers that are unusual and right.
        Fault.of("gzip", Trouble.gzip()),
        Fault.of("no content type", Trouble.type("")),
        // BoundsTest has one of 50 MB: in each case it would cost minutes, and find nothing more.
        Fault.of("1 MB", Trouble.large(1)).atOnce().large(),
        // Lists that do not hold together.
        Fault.of("the same row twice", Trouble.changed(Json::repeatFirstRow)),
        Fault.of("a cursor that repeats", Json.cursorOfItself()).fails("58000"),
        Fault.of("has_next without a cursor", Trouble.changed(Json::withoutCursor)).fails("58000"),
        Fault.of("rows that vanish", Json::vanishing).passes("40001"));
  }

  /** The answer that there is no such thing may also contradict another one, or all of them. */
  private static Outcome missing(Reading reading) {
    Outcome outcome = WITHOUT_SOME_KEYS.or(fails("08001", "22023"));
    if (reading.table().equals("handinger.turns")) {
      return outcome.or(fails("58000"));
    }
    boolean ofLog = reading.table().endsWith("_executions") || reading.way().endsWith("by logs");
    return ofLog ? outcome.or(fails("40001")) : outcome;
  }

  /** Who asks where it belongs may be told nothing, and then asks for the only project. */
  private static Outcome noObject(Reading reading) {
    return reading.isOfClient() ? COMPLETE.or(fails("58000")) : fails("58000");
  }

  private static Trouble nextSecond() {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(1));
    return status(429, "Retry-After", date);
  }

  private static Trouble circle() {
    return exchange ->
        exchange.send(
            307, Map.of("Location", exchange.line().prefix() + exchange.request().target()), "");
  }
}
