package dev.turntable.simulator.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The requests in the order of their arrival: all are counted, the latest are kept. */
public final class ReceivedRequests {
  /** Enough for every test; little enough for a demo that runs for weeks. */
  static final int KEPT = 50_000;

  /** One request's place in the log; replaced, not changed, when its answer is known. */
  static final class Slot {
    private volatile ReceivedRequest request;

    private Slot(ReceivedRequest request) {
      this.request = request;
    }

    void answered(int status) {
      request = request.answered(status);
    }
  }

  private final ArrayDeque<Slot> slots = new ArrayDeque<>();
  private long count;

  synchronized Slot add(ReceivedRequest request) {
    Slot slot = new Slot(request);
    if (slots.size() == KEPT) {
      slots.removeFirst();
    }
    slots.addLast(slot);
    count++;
    return slot;
  }

  /** The latest requests, oldest first. */
  public synchronized List<ReceivedRequest> list() {
    List<ReceivedRequest> requests = new ArrayList<>(slots.size());
    slots.forEach(slot -> requests.add(slot.request));
    return List.copyOf(requests);
  }

  /** How many requests came, also those that are kept no more. */
  public synchronized long count() {
    return count;
  }

  /** Forgets all of them. */
  public synchronized void clear() {
    slots.clear();
    count = 0;
  }
}
