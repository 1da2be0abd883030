package dev.turntable.http;

import dev.turntable.source.ConnectionScope;

/** What the calls of one source of a connection share. Compared by identity. */
final class ServiceContext {
  private final HttpOptions options;
  private final ConnectionScope connection;
  private final Authorization authorization;
  private final Redactor redactor;
  private final RequestErrors failures;
  private final Pace pace;
  private final RetryPolicy retries;
  private final AgedAnswers aged;
  private final Connections connections;

  ServiceContext(
      HttpOptions options,
      ConnectionScope connection,
      Authorization authorization,
      Redactor redactor,
      Pace pace,
      RetryPolicy retries,
      Connections connections) {
    this.options = options;
    this.connection = connection;
    this.authorization = authorization;
    this.redactor = redactor;
    this.failures = new RequestErrors(options, connection, redactor);
    this.pace = pace;
    this.retries = retries;
    this.connections = connections;
    this.aged = new AgedAnswers(connection.limits().maxAge());
  }

  HttpOptions options() {
    return options;
  }

  ConnectionScope connection() {
    return connection;
  }

  Authorization authorization() {
    return authorization;
  }

  Redactor redactor() {
    return redactor;
  }

  RequestErrors failures() {
    return failures;
  }

  Pace pace() {
    return pace;
  }

  RetryPolicy retries() {
    return retries;
  }

  Connections connections() {
    return connections;
  }

  AgedAnswers aged() {
    return aged;
  }
}
