package dev.turntable.jdbc.cli.shell;

import java.util.List;
import java.util.Map;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.LineReader;
import org.jline.reader.impl.CompletionMatcherImpl;

/** Offers what begins as it is typed, in any case, and nothing that only resembles it. */
final class PrefixMatcher extends CompletionMatcherImpl {
  @Override
  protected void defaultMatchers(
      Map<LineReader.Option, Boolean> options,
      boolean prefix,
      CompletingParsedLine line,
      boolean caseInsensitive,
      int errors,
      String originalGroupName) {
    String word = line.word().substring(0, line.wordCursor());
    exact = candidate -> candidate.equalsIgnoreCase(word);
    matchers =
        List.of(
            simpleMatcher(candidate -> candidate.regionMatches(true, 0, word, 0, word.length())));
  }
}
