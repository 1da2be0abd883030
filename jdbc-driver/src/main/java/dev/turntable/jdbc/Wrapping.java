package dev.turntable.jdbc;

import dev.turntable.source.ErrorKind;
import java.sql.SQLException;
import java.sql.Wrapper;

/** What every class of the driver answers as a {@link Wrapper}: itself, and nothing else. */
interface Wrapping extends Wrapper {
  @Override
  default <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw SqlErrors.of(ErrorKind.BAD_VALUE, "this is no " + type.getName());
  }

  @Override
  default boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
