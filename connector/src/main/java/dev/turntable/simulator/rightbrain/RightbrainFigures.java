package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.Dice;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a run, made from its place alone so that reports need not make whole rows.
 *
 * @param inputProcessorTiming seconds
 * @param llmTiming seconds; null when a failed run never reached its model
 * @param cents hundredths of a credit; null when nothing was charged
 * @param group position among the reporting groups, -1 for none
 */
record RightbrainFigures(
    int inputTokens,
    int outputTokens,
    @Nullable Double inputProcessorTiming,
    @Nullable Double llmTiming,
    @Nullable Integer cents,
    int retries,
    int group) {

  static RightbrainFigures of(long seed, int row, boolean error, boolean fallback) {
    Dice dice = new Dice(seed, "rb figures", row);
    int input = dice.between(60, 900);
    int output = error ? 0 : dice.between(15, 400);
    double thinking = dice.between(180, 9500) / 1000.0 + (fallback ? 30 : 0);
    boolean unreached = error && dice.oneIn(2);
    Double processing = dice.oneIn(3) ? null : dice.between(10_000, 60_000) / 1e8;
    int cents = 20 + (input + 4 * output) / 10;
    int group = dice.between(-5, 2);
    return new RightbrainFigures(
        input,
        output,
        processing,
        unreached ? null : thinking,
        unreached ? null : cents,
        fallback ? dice.between(1, 3) : 0,
        Math.max(group, -1));
  }

  int totalTokens() {
    return inputTokens + outputTokens;
  }

  static String credits(long cents) {
    return cents / 100 + "." + cents % 100 / 10 + cents % 10;
  }
}
