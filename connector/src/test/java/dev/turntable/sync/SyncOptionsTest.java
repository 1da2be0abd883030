package dev.turntable.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.plan.Bench;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import dev.turntable.store.sync.SyncTable;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which tables are brought up to date. */
final class SyncOptionsTest {
  private static final SyncTable LIST = table("tasks", SyncTable.Kind.LIST, false);
  private static final SyncTable LOG = table("executions", SyncTable.Kind.LIST, true);
  private static final SyncTable HISTORY = table("runs", SyncTable.Kind.HISTORY, false);

  private static SyncTable table(String name, SyncTable.Kind kind, boolean log) {
    return new SyncTable("s", name, kind, "at", "", null, log);
  }

  private static SyncOptions only(String... names) {
    return new SyncOptions(null, Set.of(names), false);
  }

  /** Lists beside a catalogue cost requests each time, and name nothing new. */
  @Test
  void byDefaultAllButListsBesideACatalogue() {
    assertThat(SyncOptions.ALL.includes(LIST, false)).isTrue();
    assertThat(SyncOptions.ALL.includes(LIST, true)).isFalse();
    assertThat(SyncOptions.ALL.includes(LOG, true)).isTrue();
    assertThat(SyncOptions.ALL.includes(HISTORY, true)).isTrue();
  }

  @Test
  void thoseThatAreNamed() {
    assertThat(only("TASKS").includes(LIST, true)).isTrue();
    assertThat(only("s.Tasks").includes(LIST, true)).isTrue();
    assertThat(only("t.tasks").includes(LIST, true)).isFalse();
    assertThat(only("tasks").includes(HISTORY, true)).isFalse();
    assertThat(only("runs", "tasks").includes(HISTORY, true)).isTrue();
  }

  @Test
  void aNameOfNoneIsRefusedWithThoseThereAre() {
    only("s.RUNS", "tasks").check(List.of(LIST, HISTORY));
    assertThatThrownBy(() -> only("runs", "turns").check(List.of(LIST, HISTORY)))
        .isInstanceOfSatisfying(
            TurntableException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNKNOWN_TABLE))
        .hasMessage("there is no table 'turns' to bring up to date, but s.tasks, s.runs");
  }

  @Test
  void aConnectionWithoutAStoreHasNothingToBringUpToDate() {
    try (Bench bench = Bench.handinger(1)) {
      assertThatThrownBy(() -> new Sync(bench.engine(), SyncOptions.ALL, SyncProgress.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the connection has no store");
    }
  }
}
