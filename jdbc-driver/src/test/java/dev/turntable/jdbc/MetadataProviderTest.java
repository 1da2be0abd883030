package dev.turntable.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.rel.metadata.ChainedRelMetadataProvider;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataProvider;
import org.junit.jupiter.api.Test;

/** Our class in the place of Calcite's asks the same providers, in the same order. */
class MetadataProviderTest {
  private static final String NAME = DefaultRelMetadataProvider.class.getName();

  /** Defines Calcite's class from its jar, over the same providers as ours. */
  private static final class OfCalcite extends ClassLoader {
    OfCalcite() {
      super(MetadataProviderTest.class.getClassLoader());
    }

    RelMetadataProvider instance() throws IOException, ReflectiveOperationException {
      String file = NAME.replace('.', '/') + ".class";
      URL calcites =
          Collections.list(getParent().getResources(file)).stream()
              .filter(url -> url.getPath().contains("calcite-core"))
              .findFirst()
              .orElseThrow();
      try (InputStream in = calcites.openStream()) {
        byte[] code = in.readAllBytes();
        Class<?> type = defineClass(NAME, code, 0, code.length);
        assertThat((Object) type).isNotSameAs(DefaultRelMetadataProvider.class);
        return (RelMetadataProvider) type.getField("INSTANCE").get(null);
      }
    }
  }

  private static List<?> providers(Object chain) throws ReflectiveOperationException {
    Field field = ChainedRelMetadataProvider.class.getDeclaredField("providers");
    field.setAccessible(true);
    return (List<?>) field.get(chain);
  }

  @Test
  void ofTheSameProviders() throws Exception {
    Field ours = Class.forName(NAME + "$Loaded").getDeclaredField("ALL");
    ours.setAccessible(true);
    assertThat(providers(ours.get(null)))
        .hasSizeGreaterThan(20)
        .isEqualTo(providers(new OfCalcite().instance()));
  }
}
