package dev.turntable.simulator;

import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.Times;
import java.time.Instant;

/**
 * What a simulator holds when it starts. The same options make the same data, byte for byte. What may
 * change while it runs (answer shape, latency, keys, faults) is set on the running simulator.
 */
public final class SimulatorOptions {
  /** The moment up to which data reach unless another is given: 2026-07-20T12:00:00Z. */
  public static final Instant DEFAULT_NOW = Times.utc(2026, 7, 20, 12, 0, 0);

  final long seed;
  final Instant now;
  final HandingerOptions handinger;
  final RightbrainOptions rightbrain;

  private SimulatorOptions(Builder builder) {
    seed = builder.seed;
    now = builder.now;
    handinger = builder.handinger.build();
    rightbrain = builder.rightbrain;
  }

  /** Starts from 100 tasks of 4 workers with 1 to 4 turns each. */
  public static Builder builder() {
    return new Builder();
  }

  /** The defaults of {@link #builder()}. */
  public static SimulatorOptions defaults() {
    return builder().build();
  }

  /** Credible data of a small office instead of random ones, up to {@link #DEFAULT_NOW}. */
  public static SimulatorOptions demo() {
    return demo(DEFAULT_NOW);
  }

  /** The demo's data, spread over the three months before the given moment. */
  public static SimulatorOptions demo(Instant now) {
    return builder().demo().now(now).build();
  }

  /** What Handinger holds. */
  public HandingerOptions handinger() {
    return handinger;
  }

  /** Collects the options. */
  public static final class Builder {
    private final HandingerOptions.Builder handinger = HandingerOptions.builder();
    private long seed = 42;
    private Instant now = DEFAULT_NOW;
    private RightbrainOptions rightbrain = RightbrainOptions.defaults();

    private Builder() {}

    /** Credible data instead of random ones; the sizes below then mean nothing. */
    public Builder demo() {
      handinger.demo();
      rightbrain = RightbrainOptions.demo();
      return this;
    }

    /** Port of Handinger on 127.0.0.1; 0, the default, takes any free one. */
    public Builder port(int value) {
      handinger.port(value);
      return this;
    }

    /** The API key that is accepted. */
    public Builder key(String value) {
      handinger.key(value);
      return this;
    }

    /** Another seed gives other data of the same kind. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** The simulator's clock starts here; the data lie in the 120 days before. */
    public Builder now(Instant value) {
      now = value;
      return this;
    }

    /** Number of tasks, beside the one of the published example, which is always there. */
    public Builder tasks(int value) {
      handinger.tasks(value);
      return this;
    }

    /** Number of workers, beside the one of the published example; at least 1. */
    public Builder workers(int value) {
      handinger.workers(value);
      return this;
    }

    /** Least and most turns of a task; at least 1. */
    public Builder turns(int least, int most) {
      handinger.turns(least, most);
      return this;
    }

    /**
     * Webhook executions of <em>each</em> worker; 100,000 are 2,000 pages. They are made when asked
     * for and take no memory. Enough of them name every finished task of the worker.
     */
    public Builder executions(int value) {
      handinger.executions(value);
      return this;
    }

    /** Schedules of each worker; four show all types. */
    public Builder schedules(int value) {
      handinger.schedules(value);
      return this;
    }

    /** Some records carry a status, a trigger or a request status that nobody documented. */
    public Builder unknownEnums(boolean value) {
      handinger.unknownEnums(value);
      return this;
    }

    /** What Rightbrain holds; the settings above but seed and clock are Handinger's. */
    public Builder rightbrain(RightbrainOptions value) {
      rightbrain = value;
      return this;
    }

    /** The options. */
    public SimulatorOptions build() {
      return new SimulatorOptions(this);
    }
  }
}
