package dev.turntable.plan.scan;

import dev.turntable.run.AccessChoice;
import dev.turntable.run.Execution;
import dev.turntable.run.ScanNode;
import dev.turntable.source.RequestEstimate;
import java.util.List;
import java.util.OptionalLong;

/** What the execution of a scan that no join drives will send. */
public final class ScanEstimates {
  private ScanEstimates() {}

  /** Returns the requests; none where a limit makes them uncertain. */
  public static List<RequestEstimate> of(ScanNode<?> node, Execution execution) {
    AccessChoice<?> choice = node.choose(execution);
    if (choice == null) {
      return List.of();
    }
    OptionalLong wanted = node.wantedRows(execution);
    if (wanted.isEmpty()) {
      return choice.estimates();
    }
    // A step has one row at most, so there are as many steps as rows, whatever the check lets pass.
    return choice.path().unique() && choice.estimates().size() == 1
        ? choice.estimates().stream()
            .map(e -> RequestEstimate.atLeast(e.request(), Math.min(e.min(), wanted.getAsLong())))
            .toList()
        : List.of();
  }
}
