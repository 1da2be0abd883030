package dev.turntable.plan.error;

import com.google.common.collect.ImmutableList;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteResource;
import org.apache.calcite.runtime.Resources;

/**
 * What Calcite's validator complains of, where that decides about an SQLState. The texts are those of
 * Calcite's own resources, so a new wording changes no state, and a name that is gone breaks the tests.
 */
enum CalciteMessage {
  /** A column that is not there; groups: its name, and the table that was asked for it. */
  UNKNOWN_COLUMN_IN_TABLE("columnNotFoundInTable", "columnNotFoundInTableDidYouMean"),

  /** A column that is in no table; group: its name. */
  UNKNOWN_COLUMN(
      "columnNotFound", "columnNotFoundDidYouMean", "unknownField", "unknownTargetColumn"),

  /** A name in FROM that Calcite knows better than the catalog, as an alias; group: that name. */
  UNKNOWN_ALIAS("tableNameNotFound", "tableNameNotFoundDidYouMean", "tableNotFound"),

  /** A table that a schema has not; groups: its name, and the schema. */
  UNKNOWN_OBJECT_WITHIN("objectNotFoundWithin", "objectNotFoundWithinDidYouMean"),

  /** A table or schema that is not there; group: its name. */
  UNKNOWN_OBJECT("objectNotFound", "objectNotFoundDidYouMean"),

  /** An alias that means itself; groups: its name, and the names on the way. */
  CIRCULAR_ALIAS("columnIsCyclic");

  private final ImmutableList<Pattern> patterns;

  CalciteMessage(String... resources) {
    patterns =
        Arrays.stream(resources)
            .map(CalciteMessage::pattern)
            .collect(ImmutableList.toImmutableList());
  }

  /** Returns the complaint in a text, with the names in it as groups. */
  Optional<MatchResult> in(String text) {
    return patterns.stream()
        .map(pattern -> pattern.matcher(text))
        .filter(Matcher::find)
        .map(Matcher::toMatchResult)
        .findFirst();
  }

  boolean isIn(String text) {
    return in(text).isPresent();
  }

  /** The text of a resource, with a group for each name that Calcite fills in. */
  private static Pattern pattern(String resource) {
    Method method =
        Arrays.stream(CalciteResource.class.getMethods())
            .filter(each -> each.getName().equals(resource))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Calcite has no message " + resource));
    String text = method.getAnnotation(Resources.BaseMessage.class).value().replace("''", "'");
    StringBuilder regex = new StringBuilder();
    int from = 0;
    Matcher place = Pattern.compile("\\{\\d}").matcher(text);
    while (place.find()) {
      regex.append(Pattern.quote(text.substring(from, place.start())));
      regex.append(place.end() == text.length() ? "(.+)" : "(.+?)");
      from = place.end();
    }
    return Pattern.compile(regex.append(Pattern.quote(text.substring(from))).toString());
  }
}
