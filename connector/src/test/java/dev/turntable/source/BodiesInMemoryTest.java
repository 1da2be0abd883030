package dev.turntable.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The memory of an answer is the statement's from its body to the last row that is wanted of it. */
class BodiesInMemoryTest {
  private final ConnectionScope connection = new ConnectionScope(ConnectionLimits.DEFAULT);
  private final StatementScope scope = connection.statement("SELECT 1", Duration.ZERO);
  private final BodiesInMemory bodies = scope.bodies();
  private final MemoryAccount memory = scope.memory();

  @AfterEach
  void close() {
    scope.close();
    connection.close();
  }

  private void read(long bytes) {
    memory.takeAnyway(bytes);
    bodies.count(bytes);
    bodies.keep(bytes);
  }

  @Test
  void whatNoStepReadsIsGivenBackAtOnce() {
    long before = memory.held();
    read(1000);
    assertThat(memory.held()).isEqualTo(before);
    assertThat(bodies.await(1)).as("nothing is on its way").isFalse();
  }

  @Test
  void whatAStepReadsStaysUntilItsRowsAreNoLongerWanted() {
    long before = memory.held();
    PageMemory rows = bodies.newPage();
    bodies.reading(
        rows,
        () -> {
          read(1000);
          return null;
        });
    assertThat(memory.held()).isEqualTo(before + 1000);
    assertThat(rows.bytes()).isEqualTo(1000);
    assertThat(bodies.await(1)).as("rows that may make room").isTrue();
    rows.close();
    assertThat(memory.held()).isEqualTo(before);
    assertThat(rows.bytes()).isZero();
    rows.close();
    assertThat(memory.held()).as("closed twice").isEqualTo(before);
  }

  /** A step that ends after its rows were dropped keeps nothing for them. */
  @Test
  void whatComesTooLateIsGivenBack() {
    long before = memory.held();
    PageMemory rows = bodies.newPage();
    rows.close();
    bodies.reading(
        rows,
        () -> {
          read(1000);
          return null;
        });
    assertThat(memory.held()).isEqualTo(before);
  }

  @Test
  void aStepWithinAStepHasItsOwnRows() {
    PageMemory outer = bodies.newPage();
    PageMemory inner = bodies.newPage();
    bodies.reading(
        outer,
        () -> {
          bodies.reading(
              inner,
              () -> {
                read(10);
                return null;
              });
          read(7);
          return null;
        });
    assertThat(inner.bytes()).isEqualTo(10);
    assertThat(outer.bytes()).isEqualTo(7);
  }
}
