package dev.turntable.simulator.rightbrain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * How a running Rightbrain behaves where its documentation is open, and how badly. Each change takes
 * effect with the next request. Safe for use by many threads.
 */
public final class RightbrainSwitches {

  /** The order of the project-wide run list, about which the service says nothing. */
  public enum Order {
    /** As the list of one task. */
    NEWEST_FIRST,
    /** The other way round. */
    OLDEST_FIRST
  }

  /** In which form runs come in. */
  public enum RunForm {
    /** JSON, with {@code task_files}, and the older form with {@code task_file}. */
    BOTH,
    /** JSON only. */
    JSON,
    /** JSON, but files by the form only: {@code task_files} is not known. */
    FILES_BY_FORM,
    /** The form only: of JSON nothing is seen. */
    FORM
  }

  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Set<String> ignored = ConcurrentHashMap.newKeySet();
  private volatile Order projectOrder = Order.NEWEST_FIRST;
  private volatile boolean sendsHasNext = true;
  private volatile boolean startInclusive = true;
  private volatile boolean endInclusive = true;
  private volatile boolean clockStopped;
  private volatile boolean pointReads = true;
  private volatile boolean whoamiNamesClient = true;
  private volatile Duration runDuration = Duration.ZERO;
  private volatile RunForm runForm = RunForm.BOTH;
  private volatile Predicate<String> failing = input -> false;

  private volatile Predicate<Instant> heldBack = created -> false;

  RightbrainSwitches() {}

  /** Lists do not show runs that were created then, as if these were still under way. */
  public void holdBackRuns(Predicate<Instant> created) {
    heldBack = created;
  }

  boolean holdsBack(long createdMicros) {
    return heldBack.test(Instant.EPOCH.plus(createdMicros, ChronoUnit.MICROS));
  }

  /** Every list and report answers 422 to the query parameter from now on. */
  public void refuseParameter(String name) {
    refused.add(name);
  }

  /** Every list and report takes the query parameter and disregards it from now on. */
  public void ignoreParameter(String name) {
    ignored.add(name);
  }

  boolean refuses(String name) {
    return refused.contains(name);
  }

  boolean ignores(String name) {
    return ignored.contains(name);
  }

  /** Newest first at the start. */
  public void projectOrder(Order order) {
    projectOrder = order;
  }

  Order projectOrder() {
    return projectOrder;
  }

  /** Whether pages say {@code has_next}; else it is null and only the cursor tells. True at first. */
  public void sendsHasNext(boolean sends) {
    sendsHasNext = sends;
  }

  boolean sendsHasNext() {
    return sendsHasNext;
  }

  /** Whether a run at exactly {@code start_date} or {@code end_date} is listed; both at first. */
  public void bounds(boolean startIncluded, boolean endIncluded) {
    startInclusive = startIncluded;
    endInclusive = endIncluded;
  }

  boolean startInclusive() {
    return startInclusive;
  }

  boolean endInclusive() {
    return endInclusive;
  }

  /** Whether a listed run can also be read by its id; else that is a 403. True at first. */
  public void allowPointReads(boolean allowed) {
    pointReads = allowed;
  }

  boolean pointReads() {
    return pointReads;
  }

  /** Whether {@code /whoami} names a client to API keys; OAuth callers always get one. */
  public void whoamiNamesClient(boolean names) {
    whoamiNamesClient = names;
  }

  boolean whoamiNamesClient() {
    return whoamiNamesClient;
  }

  /** How long a run, and so its POST, takes; zero at the start. */
  public void runDuration(Duration duration) {
    runDuration = duration;
  }

  Duration runDuration() {
    return runDuration;
  }

  /** In which form runs come in; both at first. */
  public void runForm(RunForm form) {
    runForm = form;
  }

  RunForm runForm() {
    return runForm;
  }

  /** Which runs fail, by their input as JSON text: 200 with {@code is_error}. None at the start. */
  public void failRuns(Predicate<String> inputs) {
    failing = inputs;
  }

  boolean fails(String input) {
    return failing.test(input);
  }

  /** Whether the clock stands still where it began, so that reports of the last days repeat. */
  public void stopClock(boolean stopped) {
    clockStopped = stopped;
  }

  boolean clockStopped() {
    return clockStopped;
  }
}
