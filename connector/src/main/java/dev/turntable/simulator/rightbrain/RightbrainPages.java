package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.JsonBody;
import dev.turntable.simulator.server.JsonOut;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The envelope of lists. The cursor is the id of the last item that was looked at. */
final class RightbrainPages {
  private RightbrainPages() {}

  static void pagination(
      JsonOut out, RightbrainSwitches switches, Optional<String> cursor, int limit) {
    out.name("pagination").beginObject();
    out.name("next_cursor").value(cursor.orElse(null));
    if (switches.sendsHasNext()) {
      out.name("has_next").value(cursor.isPresent());
    } else {
      out.name("has_next").nullValue();
    }
    out.name("page_limit").value(limit);
    out.endObject();
  }

  /** A page of a list that is short enough to be held. */
  static <T> byte[] of(
      List<T> all,
      Function<T, String> id,
      BiConsumer<JsonOut, T> write,
      RightbrainSwitches switches,
      Optional<String> cursor,
      int limit) {
    List<String> ids = all.stream().map(id).toList();
    int from = cursor.map(ids::indexOf).orElse(-1) + 1;
    if (cursor.isPresent() && from == 0) {
      throw RightbrainRefusal.bad("INVALID_CURSOR", "The cursor belongs to no page");
    }
    int to = Math.min(from + limit, all.size());
    return JsonBody.bytes(
        out -> {
          out.beginObject().name("results").beginArray();
          all.subList(from, to).forEach(each -> write.accept(out, each));
          out.endArray();
          Optional<String> next = to < all.size() ? Optional.of(ids.get(to - 1)) : Optional.empty();
          pagination(out, switches, next, limit);
          out.endObject();
        });
  }
}
