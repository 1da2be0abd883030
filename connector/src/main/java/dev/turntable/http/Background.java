package dev.turntable.http;

import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.internal.concurrent.TaskRunner;
import okhttp3.internal.connection.ConnectionListener;

/**
 * The threads on which OkHttp connects and looks after idle connections. They end a second after the
 * last such task; OkHttp's own would keep the classes of a driver that is unloaded for a minute more.
 */
final class Background {
  private static final TaskRunner RUNNER = runner();

  private Background() {}

  private static TaskRunner runner() {
    TaskRunner.RealBackend backend = new TaskRunner.RealBackend(Background::daemon);
    backend.getExecutor().setKeepAliveTime(1, TimeUnit.SECONDS);
    return new TaskRunner(backend, Logger.getLogger(TaskRunner.class.getName()));
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "turntable-http");
    thread.setDaemon(true);
    // Failures of calls are thrown where the calls are made. What is left is that the classes of a
    // driver are gone that is unloaded while its connections are closed.
    thread.setUncaughtExceptionHandler((failed, failure) -> {});
    return thread;
  }

  static void of(OkHttpClient.Builder client) {
    client.taskRunner$okhttp(RUNNER);
  }

  /** Returns a pool that keeps so many idle connections for so long. */
  static ConnectionPool pool(int idle, long keepAliveNanos) {
    return new ConnectionPool(
        idle, keepAliveNanos, TimeUnit.NANOSECONDS, RUNNER, ConnectionListener.Companion.getNONE());
  }
}
