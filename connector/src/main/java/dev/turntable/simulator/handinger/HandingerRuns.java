package dev.turntable.simulator.handinger;

import dev.turntable.simulator.server.Refusal;
import dev.turntable.simulator.server.UploadedFile;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code POST /api/tasks}: starts a task or adds a turn, and blocks until the run has ended.
 *
 * <p>Chosen where the reference is open: an unknown client-given id makes a task; turns of one task
 * wait for each other; a follow-up that names another worker, or an archived task, is a 400; every
 * run that ends is a delivery in the log of a worker with a webhook (nobody is really called).
 */
final class HandingerRuns {
  private final HandingerState state;

  HandingerRuns(HandingerState state) {
    this.state = state;
  }

  /** The state after the run, of which the answer is made. */
  HandingerTask run(HandingerBody body) throws InterruptedException {
    String input = body.text("input");
    String budget = body.budget();
    Optional<String> taskId = body.optionalText("taskId");
    Optional<String> workerId = body.optionalText("workerId");
    if (taskId.filter(HandingerState.FOREIGN_TASK::equals).isPresent()) {
      throw new Refusal(403, "No access to this task");
    }
    workerId.ifPresent(id -> HandingerAccess.worker(state, id));
    String id = taskId.orElseGet(() -> state.newDice("task").id("tsk_", 14));
    HandingerTaskState task = state.taskStateOrNew(id);
    task.running().lockInterruptibly();
    try {
      return run(task, id, workerId, input, budget, body.files());
    } finally {
      task.running().unlock();
    }
  }

  private HandingerTask run(
      HandingerTaskState slot,
      String id,
      Optional<String> workerId,
      String input,
      String budget,
      List<UploadedFile> files)
      throws InterruptedException {
    HandingerTask task =
        slot.task().orElseGet(() -> blank(id, workerId.orElseGet(this::newWorker), input));
    if (task.archived()) {
      throw new Refusal(400, "The task is archived");
    }
    if (workerId.isPresent() && !workerId.get().equals(task.workerId())) {
      throw new Refusal(400, "The task belongs to another worker");
    }
    slot.countPost();
    state.countRun();
    HandingerTurn begun = begin(id, task.turns().size(), input);
    slot.uploads().addAll(files);
    slot.turn(task, begun);
    HandingerWorker worker = HandingerAccess.worker(state, task.workerId());
    worker.latestTask(id);
    TimeUnit.NANOSECONDS.sleep(state.runDuration().toNanos());
    HandingerTask done = slot.turn(task, end(begun, budget, files));
    if (worker.webhookUrl().isPresent()) {
      state.addExecution(worker.id(), id);
    }
    return done;
  }

  private String newWorker() {
    String id = state.newDice("worker").id("wrk_", 14);
    state.addWorker(new HandingerWorker(id, List.of(), List.of(), Optional.empty()));
    return id;
  }

  private HandingerTask blank(String id, String workerId, String input) {
    String firstLine = input.lines().findFirst().orElse("");
    return HandingerTask.builder(id, workerId)
        .title(
            firstLine.codePointCount(0, firstLine.length()) <= 60
                ? firstLine
                : firstLine.substring(0, firstLine.offsetByCodePoints(0, 59)) + "…")
        .from("api", HandingerTask.ORGANIZATION, HandingerPublished.USER)
        .time(state.now(), null)
        .url(HandingerTask.url(workerId, id))
        .build();
  }

  private HandingerTurn begin(String taskId, int seq, String input) {
    return HandingerTurn.builder(state.newDice("turn").id("trn_", 14), taskId, seq)
        .input(input)
        .time(state.now(), null)
        .build();
  }

  private HandingerTurn end(HandingerTurn turn, String budget, List<UploadedFile> files) {
    boolean completed = state.runOutcome().equals("completed");
    String names = files.stream().map(UploadedFile::filename).collect(Collectors.joining(", "));
    String output =
        completed ? "Done: " + turn.input() + (names.isEmpty() ? "" : " (" + names + ")") : "";
    return turn.change()
        .status(state.runOutcome())
        .output(output, completed ? state.runStructuredOutput() : null)
        .tokens(600 + turn.input().length() / 4, output.length() / 4)
        .cost(credits(budget) + turn.input().length() % 10, state.runDuration().toMillis())
        .time(turn.startedAt(), state.now())
        .build();
  }

  private static int credits(String budget) {
    return switch (budget) {
      case "low" -> 3;
      case "high" -> 90;
      case "unlimited" -> 300;
      default -> 20;
    };
  }
}
