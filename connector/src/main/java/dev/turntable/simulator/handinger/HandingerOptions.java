package dev.turntable.simulator.handinger;

/**
 * What a simulated Handinger holds when it starts. Seed and clock are those of the simulator that
 * these options are given to. The same options make the same data.
 */
public final class HandingerOptions {
  /** The key that is accepted unless the options name another; its user created every worker. */
  public static final String KEY = "hdg_live_simulator";

  /** The key that the demo accepts. */
  public static final String DEMO_KEY = "hdg_live_demo";

  final int port;
  final String key;
  final boolean demo;
  final int tasks;
  final int workers;
  final int minTurns;
  final int maxTurns;
  final int executions;
  final int schedules;
  final boolean unknownEnums;

  private HandingerOptions(Builder builder) {
    port = builder.port;
    key = builder.key;
    demo = builder.demo;
    tasks = builder.tasks;
    workers = builder.workers;
    minTurns = builder.minTurns;
    maxTurns = builder.maxTurns;
    executions = builder.executions;
    schedules = builder.schedules;
    unknownEnums = builder.unknownEnums;
  }

  /** Starts from 100 tasks of 4 workers with 1 to 4 turns each. */
  public static Builder builder() {
    return new Builder();
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
    private int tasks = 100;
    private int workers = 4;
    private int minTurns = 1;
    private int maxTurns = 4;
    private int executions = 60;
    private int schedules = 4;
    private boolean unknownEnums;

    private Builder() {}

    /** Credible data instead of random ones; the sizes below then mean nothing. */
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

    /** Number of tasks, beside the one of the published example, which is always there. */
    public Builder tasks(int value) {
      tasks = value;
      return this;
    }

    /** Number of workers, beside the one of the published example; at least 1. */
    public Builder workers(int value) {
      workers = value;
      return this;
    }

    /** Least and most turns of a task; at least 1. */
    public Builder turns(int least, int most) {
      minTurns = least;
      maxTurns = most;
      return this;
    }

    /**
     * Webhook executions of <em>each</em> worker; 100,000 are 2,000 pages. They are made when asked
     * for and take no memory. Enough of them name every finished task of the worker.
     */
    public Builder executions(int value) {
      executions = value;
      return this;
    }

    /** Schedules of each worker; four show all types. */
    public Builder schedules(int value) {
      schedules = value;
      return this;
    }

    /** Some records carry a status, a trigger or a request status that nobody documented. */
    public Builder unknownEnums(boolean value) {
      unknownEnums = value;
      return this;
    }

    /** The options. */
    public HandingerOptions build() {
      if (workers < 1 || tasks < 0 || executions < 0 || minTurns < 1 || maxTurns < minTurns) {
        throw new IllegalArgumentException(
            "Sizes must be positive and the least not above the most");
      }
      return new HandingerOptions(this);
    }
  }
}
