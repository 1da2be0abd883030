package dev.turntable;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Data flows one way: no package uses one above it, and each library stays in its place. */
class PackageDependenciesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.turntable");

  /** Package by package, the packages of Turntable that it may use. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("source", List.of()),
          Map.entry("simulator", List.of()),
          Map.entry("text", List.of()),
          Map.entry("config", List.of("source")),
          Map.entry("http", List.of("source")),
          Map.entry("handinger", List.of("http", "source")),
          Map.entry("rightbrain", List.of("http", "source")),
          Map.entry("run", List.of("source")),
          Map.entry("eval", List.of("run", "source")),
          Map.entry("engine", List.of("config", "source")),
          Map.entry("plan", List.of("config", "engine", "eval", "run", "source", "text")));

  /** What no class of a package may use, as the beginnings of package names. */
  private static final Map<String, List<String>> NEVER =
      Map.of(
          "source",
          List.of(
              "org.apache.calcite", "okhttp3", "okio", "retrofit2", "com.squareup", "com.google"),
          "config",
          List.of("org.apache.calcite", "okhttp3", "okio", "retrofit2", "com.squareup"),
          "http",
          List.of("org.apache.calcite", "java.sql"),
          "handinger",
          List.of("org.apache.calcite", "java.sql", "okhttp3"),
          "rightbrain",
          List.of("org.apache.calcite", "java.sql", "okhttp3"),
          "plan",
          List.of("okhttp3", "okio", "retrofit2", "com.squareup"),
          "run",
          List.of("okhttp3", "okio", "retrofit2", "com.squareup"),
          "engine",
          List.of("org.apache.calcite", "okhttp3", "okio", "retrofit2", "com.squareup"),
          "simulator",
          List.of("org.apache.calcite", "retrofit2", "java.sql"));

  @TestFactory
  Stream<DynamicTest> everyPackageUsesOnlyThoseBelow() {
    return MAY_USE.entrySet().stream()
        .map(
            entry ->
                test(
                    entry.getKey() + " uses of Turntable only " + entry.getValue(),
                    noClasses()
                        .that()
                        .resideInAPackage(named(entry.getKey()))
                        .should()
                        .dependOnClassesThat(aboveOf(entry.getKey(), entry.getValue()))));
  }

  @TestFactory
  Stream<DynamicTest> everyLibraryStaysInItsPlace() {
    return NEVER.entrySet().stream()
        .map(
            entry ->
                test(
                    entry.getKey() + " uses none of " + entry.getValue(),
                    noClasses()
                        .that()
                        .resideInAPackage(named(entry.getKey()))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                            entry.getValue().stream()
                                .map(name -> name + "..")
                                .toArray(String[]::new))));
  }

  @Test
  void everyPackageIsKnownHere() {
    classes()
        .should()
        .resideInAnyPackage(
            MAY_USE.keySet().stream().map(PackageDependenciesTest::named).toArray(String[]::new))
        .check(CLASSES);
  }

  private static DynamicTest test(String name, ArchRule rule) {
    return DynamicTest.dynamicTest(name, () -> rule.allowEmptyShould(true).check(CLASSES));
  }

  private static String named(String name) {
    return "dev.turntable." + name + "..";
  }

  private static DescribedPredicate<JavaClass> aboveOf(String name, List<String> below) {
    String[] allowed =
        Stream.concat(Stream.of(name), below.stream())
            .map(PackageDependenciesTest::named)
            .toArray(String[]::new);
    return JavaClass.Predicates.resideInAPackage("dev.turntable..")
        .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed)));
  }
}
