package dev.turntable.simulator.handinger;

import java.util.List;

/** Texts for generated records, among them what breaks careless clients. */
final class HandingerPhrases {
  static final List<String> TOPICS =
      List.of(
          "Weather report",
          "Invoice check",
          "Competitor watch",
          "Translation",
          "Press review",
          "Lead research",
          "Meeting notes",
          "Contract summary");

  static final List<String> SUBJECTS =
      List.of(
          "Barcelona",
          "東京",
          "Zürich",
          "cafe\u0301 \"Central\"",
          "O'Brien & Søns",
          "👩🏽‍💻 team 🚀",
          "100% \\ of_it",
          "İstanbul",
          "<b>Ω</b>",
          "مرحبا");

  static final List<String> TEXTS =
      List.of(
          "All done; nothing unusual was found.",
          "First line\nsecond line\r\n\tindented, with \"double\" and 'single' quotes",
          "Control characters \u0001 \b \f \u001f \u007f and separators \u2028 \u2029",
          "東京の天気は晴れ ☀️, e\u0301 is not é, and 👨‍👩‍👧‍👦 is one family",
          "a,b;c|d \\ / %s {0} ${x} -- '); DROP TABLE tasks; --",
          "",
          "It's currently 21°C and sunny with a light breeze from the south-east.");

  /** JSON objects as text, so that numbers keep the form they have here. */
  static final List<String> STRUCTURED =
      List.of(
          "{\"temperatureCelsius\":21.5,\"conditions\":\"sunny\"}",
          "{\"items\":[{\"sku\":\"A-1\",\"qty\":2,\"price\":19.90},"
              + "{\"sku\":\"東京\",\"qty\":1,\"price\":1e3}],"
              + "\"total\":{\"net\":39.80,\"currency\":\"EUR\"},\"ok\":true,\"note\":null}",
          "{}",
          "{\"text\":\"line\\nbreak \\\"quoted\\\" \\u0001\",\"big\":12345678901234567890,"
              + "\"small\":-0.001}",
          "{\"a\":{\"b\":{\"c\":[1,[2,[3]],{}]}},\"\":\"empty name\"}");

  static final List<String> FILE_NAMES =
      List.of("report.pdf", "Übersicht 2026.xlsx", "notes \"final\".txt", "図.png");

  private HandingerPhrases() {}
}
