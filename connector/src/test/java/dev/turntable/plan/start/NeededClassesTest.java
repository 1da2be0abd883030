package dev.turntable.plan.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The list of classes that a start needs: {@code examples/benchmarks/run classes} writes it. */
final class NeededClassesTest {
  @Test
  void everyClassIsThere() {
    assertThat(NeededClasses.names())
        .hasSizeGreaterThan(1000)
        .doesNotHaveDuplicates()
        .allSatisfy(
            name ->
                assertThatCode(() -> Class.forName(name, false, getClass().getClassLoader()))
                    .as(name + ": examples/benchmarks/run classes makes the list anew")
                    .doesNotThrowAnyException());
  }

  @Test
  void ourOwnMayMoveWithoutTheList() {
    assertThat(NeededClasses.names()).noneMatch(name -> name.startsWith("dev.turntable"));
  }

  @Test
  void whoWaitsNoMoreLoadsNoMore() {
    AtomicInteger asked = new AtomicInteger();

    new NeededClasses().loadUntil(() -> asked.incrementAndGet() > 3);

    assertThat(asked).hasValue(4);
  }

  @Test
  void theRestIsLoadedOnce() {
    NeededClasses classes = new NeededClasses();
    AtomicInteger asked = new AtomicInteger();

    classes.loadRest();
    classes.loadUntil(() -> asked.incrementAndGet() < 0);

    assertThat(asked).hasValue(2); // before it takes its turn, and before it finds nothing left
  }

  @Test
  void theListEnds() {
    AtomicInteger asked = new AtomicInteger();
    NeededClasses classes = new NeededClasses();

    classes.loadUntil(() -> asked.incrementAndGet() < 0);
    classes.loadUntil(() -> asked.incrementAndGet() < 0);

    // Once before each class, before the first and after the last, and twice in the end.
    assertThat(asked).hasValue(NeededClasses.names().size() + 2 + 2);
  }
}
