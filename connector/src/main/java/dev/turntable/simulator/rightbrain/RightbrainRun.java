package dev.turntable.simulator.rightbrain;

/**
 * One run, complete.
 *
 * @param submission what was asked for
 */
record RightbrainRun(
    Place place,
    RightbrainTask task,
    RightbrainRevision revision,
    RightbrainSubmission submission,
    Outcome outcome,
    String userId) {

  /**
   * What tells a run from others.
   *
   * @param row its place among all runs
   * @param created microseconds since 1970
   */
  record Place(int row, String id, long created) {}

  /**
   * What came of it.
   *
   * @param response JSON: an object or, from a text task, a string
   */
  record Outcome(boolean error, boolean fallback, RightbrainFigures figures, String response) {}
}
