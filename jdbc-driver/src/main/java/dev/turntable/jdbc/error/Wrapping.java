package dev.turntable.jdbc.error;

import dev.turntable.source.ErrorKind;
import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/** What every class of the driver answers as a {@link Wrapper}: itself, and nothing else. */
public interface Wrapping extends Wrapper {
  @Override
  default <T> T unwrap(@Nullable Class<T> type) throws SQLException {
    if (type != null && type.isInstance(this)) {
      return type.cast(this);
    }
    throw SqlErrors.of(
        ErrorKind.BAD_VALUE, "this is no " + (type == null ? "null" : type.getName()));
  }

  @Override
  default boolean isWrapperFor(@Nullable Class<?> type) {
    return type != null && type.isInstance(this);
  }
}
