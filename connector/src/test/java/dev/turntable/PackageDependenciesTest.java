package dev.turntable;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
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

  /**
   * The rooms of the planner, from bottom to top: each uses only those before it. Their types are public
   * for each other; users know those of "plan" itself.
   */
  private static final List<String> ROOMS =
      List.of(
          "type",
          "scan",
          "catalog",
          "error",
          "token",
          "syntax",
          "validate",
          "join",
          "subquery",
          "rewrite",
          "compile",
          "generated",
          "statement",
          "cache");

  /** The one circle that a room may hold: scans know what they cost, and compilers recurse. */
  private static final Map<String, Set<String>> CIRCLES =
      Map.of(
          "scan", Set.of("SourceScan", "ScanNodes", "ScanCost"),
          "subquery", Set.of("OuterSide", "SubQueryColumns", "SubQueryConditions"),
          "compile", Set.of("RelCompiler", "JoinCompiler", "ApplyCompiler"),
          "generated", Set.of("OwnCall", "OwnCalls"));

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
  Stream<DynamicTest> everyRoomUsesOnlyThoseBelow() {
    return IntStream.range(0, ROOMS.size())
        .mapToObj(
            i ->
                test(
                    "plan." + ROOMS.get(i) + " uses none of those above",
                    noClasses()
                        .that()
                        .resideInAPackage(room(ROOMS.get(i)))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                            Stream.concat(
                                    Stream.of("dev.turntable.plan"),
                                    ROOMS.subList(i + 1, ROOMS.size()).stream()
                                        .map(PackageDependenciesTest::room))
                                .toArray(String[]::new))));
  }

  @Test
  void everyRoomIsKnownHere() {
    classes()
        .that()
        .resideInAPackage("dev.turntable.plan.*..")
        .should()
        .resideInAnyPackage(
            ROOMS.stream().map(PackageDependenciesTest::room).toArray(String[]::new))
        .check(CLASSES);
  }

  @TestFactory
  Stream<DynamicTest> noRoomHasACircleButTheOneNamed() {
    return ROOMS.stream()
        .map(
            room ->
                DynamicTest.dynamicTest(
                    "plan." + room,
                    () ->
                        assertThat(inCircles(room(room)))
                            .isEqualTo(CIRCLES.getOrDefault(room, Set.of()))));
  }

  /** Returns the files of a package that use themselves by way of others. */
  private static Set<String> inCircles(String packageName) {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass from : CLASSES) {
      if (from.getPackageName().equals(packageName)) {
        Set<String> used = uses.computeIfAbsent(file(from), unused -> new TreeSet<>());
        from.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .filter(to -> to.getPackageName().equals(packageName))
            .map(PackageDependenciesTest::file)
            .filter(to -> !to.equals(file(from)))
            .forEach(used::add);
      }
    }
    Set<String> circles = new TreeSet<>();
    for (String file : uses.keySet()) {
      Set<String> reached = new TreeSet<>();
      Deque<String> left = new ArrayDeque<>(uses.get(file));
      while (!left.isEmpty()) {
        String next = left.pop();
        if (reached.add(next)) {
          left.addAll(uses.getOrDefault(next, Set.of()));
        }
      }
      if (reached.contains(file)) {
        circles.add(file);
      }
    }
    return circles;
  }

  private static String file(JavaClass each) {
    String name = each.getName().substring(each.getPackageName().length() + 1);
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  private static String room(String name) {
    return "dev.turntable.plan." + name;
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
