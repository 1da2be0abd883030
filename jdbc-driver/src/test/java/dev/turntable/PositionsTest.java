package dev.turntable;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Nobody reads a call with more than six values by position: what has more has a builder, factories or
 * methods that return it with one value changed, and only those of its own class name all values.
 */
class PositionsTest {
  private static final int MOST = 6;

  private static final String ANSWER = "a service's record, made by the reader of its fields alone";
  private static final String CATALOG = "read from the catalog of the simulator in one place";
  private static final String READING =
      "what one reading of a table is about, made where it begins";

  /** What is called with more all the same, and why. */
  private static final Map<String, String> ALLOWED =
      Map.ofEntries(
          Map.entry("config.StoreSettings", "each from the property of its name, in one place"),
          Map.entry("handinger.HandingerJson", ANSWER),
          Map.entry("plan.statement.RowWrites", "functions, each of another type"),
          Map.entry("rightbrain.Run", ANSWER),
          Map.entry("simulator.rightbrain.RightbrainRevision", CATALOG),
          Map.entry("simulator.rightbrain.RightbrainTask", CATALOG),
          Map.entry("store.kept.KeptReading", READING),
          Map.entry("store.table.Reading", READING),
          Map.entry("store.read.StoreReader", READING),
          Map.entry("store.StoredSteps", READING),
          Map.entry("store.table.WindowReading", READING),
          Map.entry("store.write.JournalEntry", "a row of the journal, made where a write begins"));

  @Test
  void nothingIsCalledWithMoreThanSixValues() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.turntable");

    Set<String> found =
        classes.stream()
            .flatMap(each -> each.getCodeUnitAccessesFromSelf().stream())
            .filter(call -> isOurs(call) && !isWithin(call))
            .filter(call -> call.getTarget().getRawParameterTypes().size() > MOST)
            .map(call -> name(call.getTargetOwner()))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(found)
        .as("give it a builder, or methods that change one value, or a value for a part of them")
        .isEqualTo(new TreeSet<>(ALLOWED.keySet()));
  }

  private static boolean isOurs(JavaAccess<?> call) {
    return call.getTargetOwner().getPackageName().startsWith("dev.turntable")
        && !call.getTargetOwner().getPackageName().startsWith("dev.turntable.shaded")
        && !call.getTargetOwner().isAnonymousClass();
  }

  /** Within the same file. */
  private static boolean isWithin(JavaAccess<?> call) {
    return name(call.getOriginOwner()).equals(name(call.getTargetOwner()));
  }

  private static String name(JavaClass type) {
    JavaClass outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer.getName().substring("dev.turntable.".length());
  }
}
