package dev.turntable.jdbc;

import dev.turntable.simulator.Simulator;
import dev.turntable.simulator.SimulatorOptions;
import dev.turntable.simulator.handinger.HandingerOptions;
import dev.turntable.simulator.rightbrain.RightbrainOptions;
import dev.turntable.simulator.server.Fault;
import dev.turntable.simulator.server.FaultRule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** What a statement may wait for, each as a scene in which one waits for it for minutes. */
enum Wait {
  /** The server does not accept: its queue is full. */
  CONNECT {
    @Override
    Scene open() throws Exception {
      ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      List<SocketChannel> queue = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        SocketChannel waiting = SocketChannel.open();
        waiting.configureBlocking(false);
        waiting.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()));
        queue.add(waiting);
      }
      Connection connection =
          handinger("http://127.0.0.1:" + server.getLocalPort(), "connectTimeout", "300");
      return new Scene(connection, ONE) {
        @Override
        boolean isWaiting() {
          return slots(connection).availablePermits() < READS;
        }

        @Override
        void end() throws IOException {
          server.close();
          for (SocketChannel waiting : queue) {
            waiting.close();
          }
        }
      };
    }
  },
  HEADERS {
    @Override
    Scene open() throws Exception {
      return simulated(FaultRule.always(Fault.hangBeforeHeaders(LONG)), ONE, 1);
    }
  },
  BODY {
    @Override
    Scene open() throws Exception {
      return simulated(FaultRule.always(Fault.hangInBody(LONG)), ONE, 1);
    }
  },
  /** A byte of the answer comes every now and then. */
  DRIP {
    @Override
    Scene open() throws Exception {
      return simulated(FaultRule.always(Fault.drip(1, DRIP_PAUSE)), ONE, 1);
    }
  },
  /** So does one of an answer that says what is wrong, as a whole in a minute. */
  DRIPPING_ERROR {
    @Override
    Scene open() throws Exception {
      Fault error = Fault.status(400, Map.of("X-Filler", "x".repeat(1000)));
      Fault dripping = real -> Fault.drip(1, DRIP_PAUSE).answer(() -> error.answer(real));
      return simulated(FaultRule.always(dripping), ONE, 1);
    }
  },
  /** Eight requests on threads of their own. */
  REQUESTS_AHEAD {
    @Override
    Scene open() throws Exception {
      return simulated(FaultRule.always(Fault.hangBeforeHeaders(LONG)), MANY, 8);
    }
  },
  /** The pause that the server asks for. */
  BACKOFF {
    @Override
    Scene open() throws Exception {
      return simulated(FaultRule.always(Fault.status(503, Map.of("Retry-After", "200"))), ONE, 1);
    }
  },
  /** Another statement has the only slot. */
  SLOT {
    @Override
    Scene open() throws Exception {
      Simulator simulator = simulator(FaultRule.none());
      Connection connection = handinger(simulator.handingerUrl());
      slots(connection).acquireUninterruptibly(READS);
      return new Scene(connection, ONE) {
        @Override
        boolean isWaiting() {
          return slots(connection).hasQueuedThreads();
        }

        @Override
        int busySlots() {
          return READS;
        }

        @Override
        void end() {
          simulator.close();
        }
      };
    }
  },
  /** The pace allows one request in minutes; the first one has gone. */
  PACE {
    @Override
    Scene open() throws Exception {
      Simulator simulator = simulator(FaultRule.none());
      Connection connection = handinger(simulator.handingerUrl(), "requestsPerSecond", "0.005");
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(ONE)) {
        rows.next();
      }
      return new Scene(connection, ONE) {
        @Override
        boolean isWaiting() {
          return slots(connection).availablePermits() < READS;
        }

        @Override
        void end() {
          simulator.close();
        }
      };
    }
  },
  /** Another thread of the connection loads the tables of a schema, which takes for ever. */
  LOAD {
    @Override
    Scene open() throws Exception {
      Simulator simulator = simulator(FaultRule.none());
      simulator.faults(FaultRule.always(Fault.hangBeforeHeaders(LONG)));
      Connection connection =
          connect(
              "rightbrain",
              "baseUrl",
              simulator.rightbrainUrl(),
              "apiKey",
              RightbrainOptions.KEY,
              "requestTimeout",
              "300");
      String sql = "SELECT id FROM rightbrain_runs.\"Task-1\"";
      Thread other =
          new Thread(
              () -> {
                try (Statement statement = connection.createStatement()) {
                  statement.execute(sql);
                } catch (SQLException e) {
                  assert isClosed(connection) : e;
                }
              },
              "loads-first");
      other.setDaemon(true);
      other.start();
      while (simulator.requestCount() == 0) {
        Until.moment();
      }
      return new Scene(connection, sql) {
        @Override
        boolean isWaiting() {
          return loading() > 1;
        }

        @Override
        boolean isQuiet() {
          return super.isQuiet() && loading() == 1;
        }

        @Override
        int busySlots() {
          return 1;
        }

        @Override
        void end() {
          simulator.close();
        }
      };
    }
  },
  /** The place that gives out tokens accepts and says nothing. */
  TOKEN {
    @Override
    Scene open() throws Exception {
      ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Semaphore accepted = new Semaphore(0);
      List<Socket> sockets = new ArrayList<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  while (true) {
                    Socket socket = server.accept();
                    synchronized (sockets) {
                      sockets.add(socket);
                    }
                    accepted.release();
                  }
                } catch (IOException e) {
                  assert server.isClosed() : e;
                }
              },
              "silent-server");
      thread.setDaemon(true);
      thread.start();
      String url = "http://127.0.0.1:" + server.getLocalPort();
      Connection connection =
          connect(
              "rightbrain",
              "baseUrl",
              url,
              "tokenUrl",
              url,
              "clientId",
              "a",
              "clientSecret",
              "b",
              "requestTimeout",
              "300");
      return new Scene(connection, "SELECT id FROM tasks") {
        @Override
        boolean isWaiting() {
          return accepted.tryAcquire();
        }

        @Override
        void end() throws IOException {
          server.close();
          synchronized (sockets) {
            for (Socket socket : sockets) {
              socket.close();
            }
          }
        }
      };
    }
  };

  static final int READS = 8;

  private static final Duration DRIP_PAUSE = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String ONE = "SELECT id FROM tasks WHERE id = 'tsk_2Z-YWz3hFq6VlW'";
  private static final String MANY =
      "SELECT id FROM tasks WHERE id IN ("
          + java.util.stream.IntStream.range(0, 20)
              .mapToObj(i -> "'tsk_" + i + "'")
              .collect(Collectors.joining(", "))
          + ")";

  private static long loading() {
    return Thread.getAllStackTraces().values().stream().filter(Wait::loads).count();
  }

  private static boolean loads(StackTraceElement[] stack) {
    return Arrays.stream(stack).anyMatch(frame -> frame.getClassName().endsWith("SchemaTables"));
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Opens a scene in which {@link Scene#sql} waits. */
  abstract Scene open() throws Exception;

  /** A connection, and a statement that waits on it. */
  abstract static class Scene implements AutoCloseable {
    final Connection connection;
    final String sql;

    Scene(Connection connection, String sql) {
      this.connection = connection;
      this.sql = sql;
    }

    /** Returns whether the statement is waiting now, or is about to within microseconds. */
    abstract boolean isWaiting();

    /** Gets ready for the next statement. */
    void again() {}

    /** How many slots of reads are taken by something else. */
    int busySlots() {
      return 0;
    }

    /** Returns whether nothing of an ended statement is left, so that what waits next is another. */
    boolean isQuiet() {
      return slots(connection).availablePermits() == READS - busySlots();
    }

    abstract void end() throws IOException;

    @Override
    public void close() throws SQLException, IOException {
      connection.close();
      end();
    }
  }

  private static Simulator simulator(FaultRule faults) throws IOException {
    Simulator simulator = Simulator.start(SimulatorOptions.builder().tasks(10).build());
    simulator.faults(faults);
    return simulator;
  }

  private static Scene simulated(FaultRule faults, String sql, int requests) throws Exception {
    Simulator simulator = simulator(faults);
    Connection connection = handinger(simulator.handingerUrl(), "requestTimeout", "300");
    return new Scene(connection, sql) {
      @Override
      boolean isWaiting() {
        return simulator.requestCount() >= requests;
      }

      @Override
      void again() {
        simulator.clearRequests();
      }

      @Override
      void end() {
        simulator.close();
      }
    };
  }

  static Semaphore slots(Connection connection) {
    return ((TurntableConnection) connection).engine().connection().readSlots();
  }

  private static Connection handinger(String url, String... more) throws SQLException {
    List<String> properties =
        new ArrayList<>(List.of("baseUrl", url, "apiKey", HandingerOptions.KEY));
    properties.addAll(List.of(more));
    return connect("handinger", properties.toArray(String[]::new));
  }

  private static Connection connect(String source, String... values) throws SQLException {
    Properties properties = new Properties();
    for (int i = 0; i < values.length; i += 2) {
      properties.setProperty(values[i], values[i + 1]);
    }
    return DriverManager.getConnection("jdbc:turntable:" + source, properties);
  }
}
