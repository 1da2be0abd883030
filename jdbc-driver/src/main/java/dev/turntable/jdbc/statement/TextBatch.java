package dev.turntable.jdbc.statement;

import dev.turntable.jdbc.error.SqlErrors;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts of a batch, whose memory is counted. */
final class TextBatch implements AutoCloseable {
  private final List<String> texts = new ArrayList<>();
  private final StatementMemory memory = new StatementMemory();

  void add(@Nullable String sql) throws SQLException {
    if (sql == null) {
      throw SqlErrors.badValue("a batch takes no null");
    }
    int last = texts.size() - 1;
    memory.addSet(List.of(sql), last < 0 ? List.of() : List.of(texts.get(last)));
    texts.add(sql);
  }

  /** Empties the batch and returns what was in it; its memory is counted until {@link #settle}. */
  List<String> take() {
    List<String> taken = List.copyOf(texts);
    texts.clear();
    return taken;
  }

  /** What was taken is needed no more. */
  void settle() {
    memory.clearBatch();
  }

  @Override
  public void close() {
    memory.close();
  }
}
