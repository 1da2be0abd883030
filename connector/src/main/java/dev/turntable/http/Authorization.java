package dev.turntable.http;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import org.jspecify.annotations.Nullable;

/** Gives the {@code Authorization} header of a service's requests. Used by several threads. */
public interface Authorization {

  /**
   * Returns the value of the header, or null for none. May send requests of its own; no slot is held
   * while it runs.
   *
   * @throws TurntableException as {@link ErrorKind#AUTHENTICATION} if there is no usable key
   */
  @Nullable String header(StatementScope scope);

  /**
   * Told that the service answered 401 to a header of this authorization. May send requests of its
   * own; no slot is held while it runs.
   *
   * @return whether a new header may be accepted; the request is then sent once more
   */
  default boolean onUnauthorized(String header, StatementScope scope) {
    return false;
  }

  /**
   * Returns whether a header was in use before the statement began, so that its age explains why it
   * is refused; only then is a write sent once more.
   */
  default boolean isOlderThan(StatementScope scope, String header) {
    return true;
  }

  /** No header. */
  static Authorization none() {
    return scope -> null;
  }

  /**
   * A bearer token that is a property.
   *
   * @throws TurntableException if the property has no value, or one that no header can hold
   */
  static Authorization bearer(SourceConfig config, String property) {
    return bearer(config, property, null);
  }

  /** As {@link #bearer(SourceConfig, String)}, for a property that an environment variable gives. */
  static Authorization bearer(SourceConfig config, String property, @Nullable String variable) {
    String token = config.find(property);
    if (token == null || token.isBlank()) {
      throw new TurntableException(
          ErrorKind.AUTHENTICATION,
          config.source()
              + ": no key; set "
              + (variable == null ? "" : "the environment variable " + variable + ", or ")
              + "the property "
              + config.source()
              + "."
              + property
              + " or the password of the connection, never the URL");
    }
    return bearer(config.source() + "." + property, token);
  }

  /**
   * A bearer token.
   *
   * @param name what the token is, for messages
   */
  static Authorization bearer(String name, String token) {
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new TurntableException(
          ErrorKind.AUTHENTICATION,
          name + " holds a character that no key has, such as a space or a line end");
    }
    String header = "Bearer " + token;
    return scope -> header;
  }
}
