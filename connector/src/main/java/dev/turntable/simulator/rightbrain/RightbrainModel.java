package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.Dice;
import dev.turntable.simulator.server.JsonOut;
import java.util.List;

/** A language model, as embedded in revisions. */
record RightbrainModel(String id, String vendor, String name, String alias, String price) {
  static final List<RightbrainModel> ALL =
      List.of(
          of(0, "OpenAI", "gpt-4o-2024-08-06", "GPT-4o", "average"),
          of(1, "Anthropic", "claude-3-5-sonnet-20241022", "Claude 3.5 Sonnet", "expensive"),
          of(2, "Google", "gemini-2.0-flash", "Gemini 2.0 Flash", "cheap"));

  private static RightbrainModel of(
      int index, String vendor, String name, String alias, String price) {
    String id = RightbrainIds.random(new Dice(7, "rb model", index));
    return new RightbrainModel(id, vendor, name, alias, price);
  }

  void write(JsonOut out) {
    out.beginObject();
    out.name("id").value(id);
    out.name("provider").value(vendor.equals("Anthropic") ? "bedrock" : "azure");
    out.name("vendor").value(vendor);
    out.name("name").value(name);
    out.name("alias").value(alias);
    out.name("description").value(alias + " by " + vendor);
    out.name("supports_vision").value(true);
    out.name("max_context_window").value(128_000);
    out.name("price").value(price);
    out.name("speed").value("fast");
    out.name("replaced_by").nullValue();
    out.endObject();
  }
}
