/**
 * What Turntable costs beside its alternatives, as ratios within one run: plain Calcite over the same
 * rows in memory, a hand-written Retrofit call, a hand-written loop. {@code
 * examples/benchmarks/run} runs them all.
 *
 * <p>Cold figures come from whole processes, warm ones from JMH. The services are simulated in a
 * process of their own.
 */
@NullMarked
package dev.turntable.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
