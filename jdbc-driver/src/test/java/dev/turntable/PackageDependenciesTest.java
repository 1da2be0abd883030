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
  static final Map<String, List<String>> MAY_USE =
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
          Map.entry("store", List.of("config", "source")),
          Map.entry("engine", List.of("config", "source", "store")),
          Map.entry("sync", List.of("engine", "source", "store")),
          Map.entry("plan", List.of("config", "engine", "eval", "run", "source", "store", "text")),
          Map.entry(
              "jdbc", List.of("config", "engine", "plan", "simulator", "source", "sync", "text")));

  /** In {@link #ROOMS}: the package itself. */
  static final String ITSELF = "";

  /**
   * The rooms of a package, from bottom to top: each uses only those before it. Their types are public
   * for each other; users know those of the package itself.
   */
  static final Map<String, List<String>> ROOMS =
      Map.of(
          "plan",
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
              "pushed",
              "compile",
              "generated",
              "explain",
              "statement",
              "cache",
              "start",
              ITSELF),
          "store",
          List.of("file", "table", "write", "read", "parquet", "sync", "kept", ITSELF),
          "simulator",
          List.of("server", "handinger", "rightbrain", ITSELF),
          "jdbc",
          List.of(
              "error",
              "value",
              "result",
              "meta",
              "statement",
              ITSELF,
              "cli.print",
              "cli.script",
              "cli.shell",
              "cli"));

  /** Users unwrap a statement to it, so it stays where they found it. */
  private static final String OF_USERS = "dev.turntable.jdbc.RequestUsage";

  /**
   * The one circle that a room may hold: scans know what they cost, compilers recurse, the rows of an
   * array are a result that may hold arrays, a statement lets go of the rows that it reads.
   */
  private static final Map<String, Set<String>> CIRCLES =
      Map.of(
          "plan.scan", Set.of("SourceScan", "ScanNodeFactory", "ScanCost"),
          "plan.subquery", Set.of("OuterSide", "SubQueryColumns", "SubQueryConditions"),
          "plan.compile", Set.of("RelCompiler", "JoinCompiler", "ApplyCompiler"),
          "plan.generated", Set.of("OwnCall", "OwnCalls"),
          "store.read", Set.of("StatementReading", "StoredRows"),
          "plan.pushed", Set.of("PushedExpressions", "PushedCalls", "PushedTexts"),
          "simulator.server", Set.of("Answer", "Delivery", "Wire"),
          "jdbc.value", Set.of("Conversions", "Temporals"),
          "jdbc.result", Set.of("ListArray", "TurntableResultSet"));

  /** What no class of a package may use, as the beginnings of package names. */
  private static final Map<String, List<String>> NEVER =
      Map.ofEntries(
          Map.entry(
              "source",
              List.of(
                  "org.apache.calcite",
                  "okhttp3",
                  "okio",
                  "retrofit2",
                  "com.squareup",
                  "com.google")),
          Map.entry(
              "config",
              List.of("org.apache.calcite", "okhttp3", "okio", "retrofit2", "com.squareup")),
          Map.entry("http", List.of("org.apache.calcite", "java.sql")),
          Map.entry("handinger", List.of("org.apache.calcite", "java.sql", "okhttp3")),
          Map.entry("rightbrain", List.of("org.apache.calcite", "java.sql", "okhttp3")),
          Map.entry("plan", List.of("okhttp3", "okio", "retrofit2", "com.squareup")),
          Map.entry("run", List.of("okhttp3", "okio", "retrofit2", "com.squareup")),
          Map.entry(
              "engine",
              List.of("org.apache.calcite", "okhttp3", "okio", "retrofit2", "com.squareup")),
          Map.entry(
              "store",
              List.of(
                  "org.apache.calcite",
                  "okhttp3",
                  "okio",
                  "retrofit2",
                  "com.squareup",
                  "org.duckdb")),
          Map.entry(
              "sync",
              List.of(
                  "org.apache.calcite",
                  "okhttp3",
                  "okio",
                  "retrofit2",
                  "com.squareup",
                  "java.sql")),
          Map.entry("simulator", List.of("org.apache.calcite", "retrofit2", "java.sql")),
          Map.entry(
              "jdbc",
              List.of("org.apache.calcite", "okhttp3", "okio", "retrofit2", "com.squareup")));

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
    return rooms()
        .map(
            room ->
                test(
                    room + " uses none of those above",
                    noClasses()
                        .that()
                        .resideInAPackage(exactly(room))
                        .should()
                        .dependOnClassesThat(
                            JavaClass.Predicates.resideInAnyPackage(above(room))
                                .and(
                                    DescribedPredicate.describe(
                                        "are not for users",
                                        (JavaClass to) -> !to.getName().equals(OF_USERS))))));
  }

  @Test
  void theSimulatedServicesDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(exactly("simulator.rightbrain"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(exactly("simulator.handinger"))
        .check(CLASSES);
  }

  @TestFactory
  Stream<DynamicTest> everyRoomIsKnownHere() {
    return ROOMS.keySet().stream()
        .map(
            name ->
                test(
                    name + " has no other rooms",
                    classes()
                        .that()
                        .resideInAPackage(exactly(name) + ".*..")
                        .should()
                        .resideInAnyPackage(
                            rooms(name)
                                .map(PackageDependenciesTest::exactly)
                                .toArray(String[]::new))));
  }

  @TestFactory
  Stream<DynamicTest> noRoomHasACircleButTheOneNamed() {
    return rooms()
        .map(
            room ->
                DynamicTest.dynamicTest(
                    room,
                    () ->
                        assertThat(inCircles(exactly(room)))
                            .isEqualTo(CIRCLES.getOrDefault(room, Set.of()))));
  }

  private static Stream<String> rooms() {
    return ROOMS.keySet().stream().flatMap(PackageDependenciesTest::rooms);
  }

  private static Stream<String> rooms(String name) {
    return ROOMS.get(name).stream().map(room -> room.equals(ITSELF) ? name : name + "." + room);
  }

  /** Returns the packages that a room must not use. */
  private static String[] above(String room) {
    List<String> all = rooms(room.replaceFirst("\\..*", "")).toList();
    return all.subList(all.indexOf(room) + 1, all.size()).stream()
        .map(PackageDependenciesTest::exactly)
        .toArray(String[]::new);
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

  /** Returns the name of one package, without those in it. */
  private static String exactly(String name) {
    return "dev.turntable." + name;
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
