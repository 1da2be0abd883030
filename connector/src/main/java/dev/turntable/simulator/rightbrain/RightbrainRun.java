package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.UploadedFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run, complete.
 *
 * @param row its place among all runs
 * @param created microseconds since 1970
 * @param input what was submitted, as a JSON object
 * @param files what came with it
 * @param response JSON: an object or, from a text task, a string
 */
record RightbrainRun(
    int row,
    String id,
    RightbrainTask task,
    RightbrainRevision revision,
    long created,
    boolean error,
    boolean fallback,
    RightbrainFigures figures,
    String input,
    String response,
    @Nullable RightbrainGroup group,
    @Nullable String reference,
    @Nullable String contextId,
    String userId,
    List<UploadedFile> files) {}
