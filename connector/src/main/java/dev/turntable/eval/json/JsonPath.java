package dev.turntable.eval.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A path of SQL/JSON, ready to be followed through documents; lax unless it begins with {@code
 * strict}. Safe for use by several threads.
 */
public final class JsonPath {
  private final boolean strict;
  private final PathNode whole;

  private JsonPath(boolean strict, PathNode whole) {
    this.strict = strict;
    this.whole = whole;
  }

  /**
   * Reads a path.
   *
   * @throws PathSyntaxException if the text is not a path
   */
  public static JsonPath of(String text) {
    PathParser parser = new PathParser(text);
    boolean strict = parser.strict();
    return new JsonPath(strict, parser.whole());
  }

  /**
   * Returns the items that the path leads to, in order.
   *
   * @param variables what {@code $name} stands for
   * @param check throws if nobody wants them any more
   * @throws PathFailure if it cannot be followed
   */
  public List<Json> find(Json document, Map<String, Json> variables, Runnable check) {
    List<Json> found = new ArrayList<>();
    new PathWalk(document, strict, variables, check).start(whole, found::add);
    return found;
  }

  /**
   * Returns whether there is an item; a lax path ends with the first.
   *
   * @throws PathFailure as {@link #find}
   */
  public boolean exists(Json document, Map<String, Json> variables, Runnable check) {
    boolean[] found = {false};
    new PathWalk(document, strict, variables, check)
        .start(
            whole,
            item -> {
              found[0] = true;
              return strict;
            });
    return found[0];
  }
}
