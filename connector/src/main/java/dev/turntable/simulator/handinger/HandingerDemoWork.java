package dev.turntable.simulator.handinger;

import java.util.List;

/**
 * A kind of work that people give to a demo worker; a {@code {}} stands for its subject.
 *
 * @param structured JSON text, or empty when this work yields none
 * @param file name of the file that the first turn publishes, or empty
 * @param credits of an ordinary run
 */
record HandingerDemoWork(
    String title, String input, String output, String structured, String file, int credits) {

  /** What one worker does, and for which subjects. */
  record Desk(
      String workerId, String trigger, List<String> subjects, List<HandingerDemoWork> work) {}

  private static final Desk WEATHER =
      new Desk(
          "wrk_weather-desk",
          "schedule",
          List.of("Barcelona", "Oslo", "東京", "São Paulo", "Reykjavík"),
          List.of(
              new HandingerDemoWork(
                  "Weather report for {}",
                  "What's the weather today in {}?",
                  "It's 19°C in {} with a few clouds and a light breeze. No rain before tonight.",
                  "{\"place\":\"{}\",\"temperatureCelsius\":19.5,\"conditions\":\"cloudy\","
                      + "\"rain\":false}",
                  "",
                  14),
              new HandingerDemoWork(
                  "Weekend outlook for {}",
                  "Will it rain in {} this weekend? Two sentences, please.",
                  "Saturday stays dry in {}. Sunday brings showers in the afternoon.",
                  "{\"place\":\"{}\",\"temperatureCelsius\":16,\"conditions\":\"showers\","
                      + "\"rain\":true}",
                  "",
                  22)));

  private static final Desk INVOICES =
      new Desk(
          "wrk_invoice-check",
          "email",
          List.of(
              "Acme Office Supply",
              "Nordlicht Energie GmbH",
              "Café Zürich",
              "O'Brien & Sons",
              "Kaya Lojistik"),
          List.of(
              new HandingerDemoWork(
                  "Invoice check: {}",
                  "Compare the attached invoice of {} with our purchase order.",
                  "All positions of {} match the order. One delivery date differs by two days.",
                  "{\"vendor\":\"{}\",\"net\":1284.50,\"tax\":244.06,\"matches\":true,"
                      + "\"differences\":[{\"position\":3,\"field\":\"deliveryDate\"}]}",
                  "",
                  48),
              new HandingerDemoWork(
                  "Duplicate payments: {}",
                  "Did we pay any invoice of {} twice this quarter?",
                  "Two payments to {} carry the same invoice number: 2026-0417.",
                  "{\"vendor\":\"{}\",\"net\":318.00,\"tax\":60.42,\"matches\":false,"
                      + "\"differences\":[]}",
                  "duplicates.csv",
                  65)));

  private static final Desk COMPETITORS =
      new Desk(
          "wrk_competitor-watch",
          "api",
          List.of("Bluebird CRM", "Taskwell", "Fjord Analytics", "Mercado Uno", "Kumo 雲"),
          List.of(
              new HandingerDemoWork(
                  "Competitor watch: {}",
                  "What changed on the pricing page of {} since last week?",
                  "{} raised its team plan by 8% and dropped the free trial.",
                  "{\"company\":\"{}\",\"changes\":[{\"page\":\"pricing\",\"percent\":8}],"
                      + "\"urgent\":true}",
                  "pricing-diff.pdf",
                  190),
              new HandingerDemoWork(
                  "Press review: {}",
                  "Collect this month's press about {} and say whether it is good or bad.",
                  "Eleven articles about {}: seven friendly, three neutral, one critical.",
                  "{\"company\":\"{}\",\"changes\":[],\"urgent\":false}",
                  "press-review.pdf",
                  320)));

  private static final Desk TRANSLATIONS =
      new Desk(
          "wrk_translation",
          "ui",
          List.of("Spanish", "Japanese", "German", "Portuguese", "Turkish"),
          List.of(
              new HandingerDemoWork(
                  "Release notes in {}",
                  "Translate the release notes of version 4.2 into {}. Keep the product names.",
                  "The release notes are translated into {}; 1,140 words, 6 product names kept.",
                  "",
                  "release-notes.md",
                  85),
              new HandingerDemoWork(
                  "Landing page proofread ({})",
                  "Proofread the {} landing page. Be strict about tone.",
                  "I corrected 14 places on the {} page. The tone was too formal in the headline.",
                  "",
                  "",
                  55)));

  static final List<Desk> DESKS = List.of(WEATHER, INVOICES, COMPETITORS, TRANSLATIONS);

  static final List<String> FOLLOW_UPS =
      List.of(
          "Make it shorter, please.",
          "Add your sources.",
          "Now as a table.",
          "Why do you think so?",
          "Send it to the team and tell me when it is done.");

  HandingerDemoWork about(String subject) {
    return new HandingerDemoWork(
        title.replace("{}", subject),
        input.replace("{}", subject),
        output.replace("{}", subject),
        structured.replace("{}", subject),
        file,
        credits);
  }
}
