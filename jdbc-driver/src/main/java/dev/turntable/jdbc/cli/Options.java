package dev.turntable.jdbc.cli;

import org.jspecify.annotations.Nullable;

/** Reads arguments one after the other; an option has its value behind {@code =} or in the next one. */
final class Options {
  private final String[] arguments;
  private int at;
  private String argument = "";

  /** What follows the equals sign of {@code --option=value}, until it is taken. */
  private @Nullable String attached;

  Options(String... arguments) {
    this.arguments = arguments.clone();
  }

  /** Arguments that make no sense; the message tells why. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  boolean hasNext() {
    return at < arguments.length;
  }

  /** Returns the name of the next option, or the next argument as it is. */
  String next() {
    argument = arguments[at++];
    int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
    attached = equals < 0 ? null : argument.substring(equals + 1);
    return equals < 0 ? argument : argument.substring(0, equals);
  }

  /** Returns the argument as it is. */
  String whole() {
    attached = null;
    return argument;
  }

  /** Returns the value of an option. */
  String value(String option) throws UsageException {
    String value = attached;
    attached = null;
    if (value != null) {
      return value;
    }
    if (!hasNext()) {
      throw new UsageException(option + " needs a value");
    }
    return arguments[at++];
  }

  /** Refuses a value that nothing has taken. */
  void end(String option) throws UsageException {
    if (attached != null) {
      throw new UsageException(option + " takes no value");
    }
  }

  static UsageException unknown(String option) {
    // What follows could be a key.
    return new UsageException("there is no option " + option.replaceFirst("=.*", "=…"));
  }
}
