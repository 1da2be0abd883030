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

  /** What is called with more all the same, and why. */
  private static final Map<String, String> ALLOWED = Map.of();

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

    assertThat(found).isEqualTo(new TreeSet<>(ALLOWED.keySet()));
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
