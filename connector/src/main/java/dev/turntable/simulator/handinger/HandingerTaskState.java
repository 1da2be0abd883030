package dev.turntable.simulator.handinger;

import dev.turntable.simulator.server.UploadedFile;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A task through its changes. */
final class HandingerTaskState {
  private final HandingerQuirks quirks;
  private final AtomicInteger posts = new AtomicInteger();
  private final ReentrantLock running = new ReentrantLock(true);
  private final List<UploadedFile> uploads = new CopyOnWriteArrayList<>();
  private volatile @Nullable HandingerTask task;

  /** An id that is about to become a task. */
  HandingerTaskState() {
    this.quirks = HandingerQuirks.NONE;
  }

  HandingerTaskState(HandingerTask task, HandingerQuirks quirks) {
    this.task = task;
    this.quirks = quirks;
  }

  Optional<HandingerTask> task() {
    return Optional.ofNullable(task);
  }

  HandingerQuirks quirks() {
    return quirks;
  }

  int posts() {
    return posts.get();
  }

  void countPost() {
    posts.incrementAndGet();
  }

  /** The files that came with its turns, which lie in the worker's workspace. */
  List<UploadedFile> uploads() {
    return uploads;
  }

  /** Held for the length of a run: the turns of one task run one after another. */
  ReentrantLock running() {
    return running;
  }

  /** Archives without losing a turn that begins or ends at the same moment. */
  synchronized void archive() {
    HandingerTask now = task;
    if (now != null) {
      task = now.archive();
    }
  }

  /** Begins, or ends, a turn. */
  synchronized HandingerTask turn(HandingerTask made, HandingerTurn turn) {
    HandingerTask now = task;
    HandingerTask changed = (now == null ? made : now).with(turn);
    task = changed;
    return changed;
  }
}
