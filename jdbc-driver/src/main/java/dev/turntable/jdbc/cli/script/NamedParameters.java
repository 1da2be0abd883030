package dev.turntable.jdbc.cli.script;

import dev.turntable.text.SqlLexer;
import dev.turntable.text.SqlToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values for {@code :NAME} in statements, given when the program was started. A name that has none
 * stays as it is written.
 *
 * @param values the values by name, all texts
 */
public record NamedParameters(Map<String, String> values) {
  /** No values. */
  public static final NamedParameters NONE = new NamedParameters(Map.of());

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public NamedParameters {
    values = Map.copyOf(values);
  }

  /**
   * A statement whose names have become question marks.
   *
   * @param sql its text, in which everything else is where it was
   * @param values those of the question marks, in order
   */
  public record Bound(String sql, List<String> values) {}

  /** What {@code --param} and {@code --param-file} give. */
  public static final class Builder {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, List<String>> files = new LinkedHashMap<>();

    /** Takes {@code NAME=VALUE}; returns what is wrong with it, or null. */
    public @Nullable String add(String given) {
      int equals = given.indexOf('=');
      String name = equals < 0 ? given : given.substring(0, equals);
      if (equals < 0 || !NAME.matcher(name).matches()) {
        return "--param takes NAME=VALUE, the name of letters, digits and _";
      }
      return values.put(name, given.substring(equals + 1)) == null && !files.containsKey(name)
          ? null
          : "there are two values for :" + name;
    }

    /** Takes {@code NAME=PATH}; returns what is wrong with it, or null. */
    public @Nullable String addFile(String given) {
      int equals = given.indexOf('=');
      String name = equals < 0 ? given : given.substring(0, equals);
      if (equals < 0 || !NAME.matcher(name).matches()) {
        return "--param-file takes NAME=PATH, the name of letters, digits and _";
      }
      files.computeIfAbsent(name, any -> new ArrayList<>()).add(given.substring(equals + 1));
      return values.containsKey(name) ? "there are two values for :" + name : null;
    }

    /** Reads the files; those of one name go together. */
    public NamedParameters build() throws IOException {
      Map<String, String> all = new LinkedHashMap<>(values);
      for (Map.Entry<String, List<String>> each : files.entrySet()) {
        all.put(each.getKey(), ParameterFiles.read(each.getValue()));
      }
      return new NamedParameters(all);
    }
  }

  /** Returns the statement with its values, or null if it names none. */
  public @Nullable Bound bind(String sql) {
    if (values.isEmpty()) {
      return null;
    }
    List<SqlToken> tokens = SqlLexer.tokens(sql);
    StringBuilder text = new StringBuilder(sql);
    List<String> bound = new ArrayList<>();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      SqlToken colon = tokens.get(i);
      SqlToken name = tokens.get(i + 1);
      String value = values.get(name.text());
      if (colon.text().equals(":")
          && name.kind() == SqlToken.Kind.WORD
          && name.start() == colon.end()
          && value != null) {
        bound.add(value);
        text.replace(colon.start(), name.end(), "?" + " ".repeat(name.end() - name.start()));
      }
    }
    return bound.isEmpty() ? null : new Bound(text.toString(), List.copyOf(bound));
  }

  /** Never shows a value. */
  @Override
  public String toString() {
    return "values of " + values.keySet();
  }
}
