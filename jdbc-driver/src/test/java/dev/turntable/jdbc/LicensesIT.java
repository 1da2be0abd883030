package dev.turntable.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whose works the jar holds, and whether it says so as they ask. */
class LicensesIT {
  private static final File JAR = new File(System.getProperty("turntable.jar"));

  private static final String SHADED = "dev/turntable/shaded/";

  /** Where the classes of each work are, and what its name is among the licenses. */
  private static final Map<String, String> WORKS =
      Map.ofEntries(
          Map.entry("com/fasterxml/jackson/", "Jackson"),
          Map.entry("com/google/common/", "Guava"),
          Map.entry("com/jayway/jsonpath/", "Json-path"),
          Map.entry("com/squareup/moshi/", "Moshi"),
          Map.entry("kotlin/", "Kotlin"),
          Map.entry("net/minidev/", "Json-smart"),
          Map.entry("okhttp3/", "OkHttp"),
          Map.entry("okio/", "Okio"),
          Map.entry("org/apache/calcite/", "Apache Calcite"),
          Map.entry("org/apache/commons/codec/", "Codec"),
          Map.entry("org/apache/commons/lang3/", "Lang"),
          Map.entry("org/apache/commons/math3/", "Math"),
          Map.entry("org/apache/commons/text/", "Text"),
          Map.entry("org/codehaus/", "Janino"),
          Map.entry("org/jline/", "JLine"),
          Map.entry("org/joou/", "jOOU"),
          Map.entry("org/jspecify/", "JSpecify"),
          Map.entry("org/locationtech/jts/", "JTS"),
          Map.entry("org/objectweb/asm/", "ASM"),
          Map.entry("org/slf4j/", "SLF4J"),
          Map.entry("retrofit2/", "Retrofit"));

  private static List<String> names(File file) throws IOException {
    try (JarFile jar = new JarFile(file)) {
      return jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName).toList();
    }
  }

  private static String text(File file, String name) throws IOException {
    try (JarFile jar = new JarFile(file);
        InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void everyWorkInTheJarIsNamed() throws IOException {
    String licenses = text(JAR, "META-INF/THIRD-PARTY-LICENSES");
    Set<String> met = new TreeSet<>();
    for (String name : names(JAR)) {
      int at = name.indexOf(SHADED);
      String place = at < 0 ? "" : name.substring(at + SHADED.length());
      if (at < 0 || place.equals("janino.properties")) {
        continue;
      }
      List<String> works =
          WORKS.keySet().stream().filter(place::startsWith).collect(Collectors.toList());
      assertThat(works).as("whose is %s?", name).hasSize(1);
      met.addAll(works);
    }
    assertThat(met).isEqualTo(new TreeSet<>(WORKS.keySet()));
    assertThat(licenses).contains(WORKS.values());
    assertThat(licenses).contains("BSD 3-clause license", "MIT license", "INRIA", "QOS.ch");
    assertThat(text(JAR, "META-INF/LICENSE")).contains("Apache License").contains("Version 2.0");
  }

  /** Mozilla's list of domains is under a license of its own, and nothing here needs it. */
  @Test
  void noListOfDomainsIsThere() throws IOException {
    assertThat(names(JAR)).noneMatch(name -> name.contains("thirdparty/publicsuffix"));
    assertThat(names(JAR)).noneMatch(name -> name.endsWith("PublicSuffixDatabase.list"));
  }

  /** Looks at every library of which a class is in the jar, and at what it brings along. */
  @Test
  void everyNoticeIsRepeated() throws IOException {
    Set<String> ours = Set.copyOf(names(JAR));
    String notice = text(JAR, "META-INF/NOTICE");
    assertThat(notice).startsWith("Turntable\nCopyright 2026 the authors of Turntable\n");
    List<String> seen = new ArrayList<>();
    for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
      File library = new File(place);
      if (!library.isFile()) {
        continue;
      }
      List<String> theirs = names(library);
      boolean shaded =
          theirs.stream()
              .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
              .anyMatch(name -> ours.contains(SHADED + name));
      for (String name : theirs) {
        if (shaded && name.matches("META-INF/NOTICE[^/]*")) {
          seen.add(library.getName());
          text(library, name)
              .lines()
              .filter(line -> !line.isBlank())
              .forEach(line -> assertThat(notice).as(library.getName()).contains(line.strip()));
        }
        if (shaded && name.matches("META-INF/[^/]+-(NOTICE|LICENSE)")) {
          assertThat(ours).as(library.getName()).contains(name);
        }
      }
    }
    assertThat(seen).hasSizeGreaterThanOrEqualTo(10);
  }
}
