package dev.turntable.source;

import java.util.List;

/**
 * The rows of one {@link Fetch} and the steps that follow them. A page that is short or empty says
 * nothing about the end: the end is where no step follows.
 *
 * @param rows the records, in the service's order
 * @param next the steps whose rows come after these, in order
 */
public record Page<T>(List<T> rows, List<Fetch<T>> next) {
  /** The last page of its chain. */
  public static <T> Page<T> last(List<T> rows) {
    return new Page<>(rows, List.of());
  }

  /** A page followed by one more step. */
  public static <T> Page<T> then(List<T> rows, Fetch<T> next) {
    return new Page<>(rows, List.of(next));
  }
}
