package dev.turntable.simulator.rightbrain;

import java.time.Duration;

/**
 * What a simulated Rightbrain holds when it starts. Seed and clock are those of the simulator that
 * these options are given to. The same options make the same data.
 */
public final class RightbrainOptions {
  /** The API key that is accepted unless the options name another. */
  public static final String KEY = "rb_live_simulator";

  /** The API key that the demo accepts. */
  public static final String DEMO_KEY = "rb_live_demo";

  final int port;
  final String key;
  final boolean demo;
  final int tasks;
  final int runsPerTask;
  final double hidden;
  final Duration span;
  final boolean uneven;
  final int lateIds;
  final int misfits;
  final boolean oldRecords;
  final int organizations;
  final int projects;

  private RightbrainOptions(Builder builder) {
    port = builder.port;
    key = builder.key;
    demo = builder.demo;
    tasks = builder.tasks;
    runsPerTask = builder.runsPerTask;
    hidden = builder.hidden;
    span = builder.span;
    uneven = builder.uneven;
    lateIds = builder.lateIds;
    misfits = builder.misfits;
    oldRecords = builder.oldRecords;
    organizations = builder.organizations;
    projects = builder.projects;
  }

  /** Starts from 6 tasks with 200 runs each over 90 days, nothing hidden. */
  public static Builder builder() {
    return new Builder();
  }

  /** The tasks {@code Task-1} to {@code Task-6} with 200 runs each, nothing hidden. */
  public static RightbrainOptions defaults() {
    return builder().build();
  }

  /** Credible tasks of a small office with some 500 runs over three months. */
  public static RightbrainOptions demo() {
    return builder().demo().build();
  }

  /** The port to listen on; 0 for any free one. */
  public int port() {
    return port;
  }

  /** The API key that is accepted. */
  public String key() {
    return key;
  }

  /** Collects the options. */
  public static final class Builder {
    private int port;
    private String key = KEY;
    private boolean demo;
    private int tasks = 6;
    private int runsPerTask = 200;
    private double hidden;
    private Duration span = Duration.ofDays(90);
    private boolean uneven;
    private int lateIds;
    private int misfits;
    private boolean oldRecords;
    private int organizations = 1;
    private int projects = 1;

    private Builder() {}

    /** Credible data instead of random ones; the numbers of tasks and runs then mean nothing. */
    public Builder demo() {
      demo = true;
      return key(DEMO_KEY);
    }

    /** Port on 127.0.0.1; 0, the default, takes any free one. */
    public Builder port(int value) {
      port = value;
      return this;
    }

    /** The API key that is accepted. */
    public Builder key(String value) {
      key = value;
      return this;
    }

    /** Number of tasks, at most 10,000. */
    public Builder tasks(int value) {
      tasks = value;
      return this;
    }

    /** Runs of each task; 100,000 in all take two megabytes, rows are made when asked for. */
    public Builder runsPerTask(int value) {
      runsPerTask = value;
      return this;
    }

    /**
     * Share of the runs, 0 to 1, that lists do not show; half of it in blocks longer than a page, so
     * that there are short pages and empty ones.
     */
    public Builder hidden(double share) {
      hidden = share;
      return this;
    }

    /** How far before the clock's start the runs reach. */
    public Builder span(Duration value) {
      span = value;
      return this;
    }

    /** Most runs lie in two short bursts instead of evenly over the span. */
    public Builder uneven(boolean value) {
      uneven = value;
      return this;
    }

    /** One in so many runs has an id made 30 hours after {@code created}; 0, the default, none. */
    public Builder lateIds(int oneIn) {
      lateIds = oneIn;
      return this;
    }

    /** One in so many values of a response does not fit its declared type; 0, the default, none. */
    public Builder misfits(int oneIn) {
      misfits = oneIn;
      return this;
    }

    /**
     * Some runs look as the service's older answers: flags are null, {@code input_processor_timing}
     * is missing, timestamps have no zone. The published schema of today forbids the first two.
     */
    public Builder oldRecords(boolean value) {
      oldRecords = value;
      return this;
    }

    /** Organizations that are listed; those after the first have projects that are foreign. */
    public Builder organizations(int value) {
      organizations = value;
      return this;
    }

    /** Projects of the first organization that are listed; those after the first are foreign. */
    public Builder projects(int value) {
      projects = value;
      return this;
    }

    /** The options. */
    public RightbrainOptions build() {
      boolean sizes = tasks >= 1 && tasks <= 10_000 && runsPerTask >= 0;
      if (!sizes || hidden < 0 || hidden > 1 || organizations < 1 || projects < 1) {
        throw new IllegalArgumentException("Sizes must be positive and a share from 0 to 1");
      }
      return new RightbrainOptions(this);
    }
  }
}
