package dev.turntable.http;

import dev.turntable.source.ConnectionScope;
import dev.turntable.source.Secrets;

/** What the calls of one source of a connection share. Compared by identity. */
final class ServiceContext {
  private final HttpOptions options;
  private final ConnectionScope connection;
  private final Authorization authorization;
  private final RequestErrors failures;
  private final Pace pace;
  private final RetryPolicy retries;
  private final AgedAnswers aged;
  private final Connections connections;

  ServiceContext(
      HttpOptions options,
      ConnectionScope connection,
      Authorization authorization,
      Pace pace,
      RetryPolicy retries,
      Connections connections) {
    this.options = options;
    this.connection = connection;
    this.authorization = authorization;
    this.failures = new RequestErrors(options, connection);
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

  Secrets secrets() {
    return connection.secrets();
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
