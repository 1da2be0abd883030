package dev.turntable.jdbc.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turntable.config.CommonProperty;
import dev.turntable.config.Sources;
import dev.turntable.source.PropertyDef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on connecting has every property that there is, with its default and its variable. */
final class ConnectPageTest {
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  private static List<PropertyDef> properties() {
    List<PropertyDef> properties = new ArrayList<>(CommonProperty.defs());
    Stream.of("handinger", "rightbrain")
        .forEach(source -> properties.addAll(Sources.known().get(source).properties()));
    return properties;
  }

  private static List<String> rows() throws IOException {
    return new Markdown(Markdown.DOCS.resolve("connect.md"))
        .text()
        .lines()
        .filter(line -> line.matches("\\| `\\w+`.*"))
        .toList();
  }

  private static List<String> names(String row) {
    return NAME.matcher(row.split("\\|")[1]).results().map(name -> name.group(1)).toList();
  }

  @Test
  void everyPropertyAndNoOther() throws IOException {
    assertThat(rows().stream().flatMap(row -> names(row).stream()).toList())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            properties().stream().map(PropertyDef::name).distinct().toList());
  }

  @Test
  void defaultsAndVariables() throws IOException {
    for (PropertyDef property : properties()) {
      String row =
          rows().stream()
              .filter(each -> names(each).contains(property.name()))
              .findFirst()
              .orElseThrow();
      String shown = row.split("\\|")[2];
      if (property.environment() != null) {
        assertThat(shown).contains("`" + property.environment() + "`");
      }
      if (property.defaultValue() != null && property.environment() == null) {
        assertThat(shown).contains("`" + property.defaultValue() + "`");
      }
    }
  }
}
