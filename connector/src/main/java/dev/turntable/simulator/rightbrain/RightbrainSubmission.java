package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.UploadedFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sends to have a task run.
 *
 * @param input what is submitted, as JSON text of an object, exactly as it came
 * @param files what comes with it
 */
record RightbrainSubmission(
    String input,
    List<UploadedFile> files,
    @Nullable RightbrainGroup group,
    @Nullable String reference,
    @Nullable String contextId) {

  static final RightbrainSubmission EMPTY =
      new RightbrainSubmission("{}", List.of(), null, null, null);
}
