package dev.turntable.jdbc.faults;

import dev.turntable.jdbc.Until;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A line to a service on which things go wrong: an HTTP/1.1 server on plain sockets, on a port and
 * under a path of its own, that answers as the service behind it does but where it is told
 * otherwise.
 */
final class Line implements AutoCloseable {
  /** What the paths of all lines begin with; a number follows. */
  static final String PREFIX = "/line";

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "faulty-line");
            thread.setDaemon(true);
            return thread;
          });
  private static final AtomicInteger LINES = new AtomicInteger();
  private static final int BACKLOG = 64;

  /** Decides which requests go wrong. */
  @FunctionalInterface
  interface Plan {
    /** Returns what goes wrong with a request, the first of which has number 1; null if nothing. */
    @Nullable Trouble trouble(int number, Received request);
  }

  private final ServerSocket server;
  private final String scheme;
  private final Upstream upstream;
  private final Plan plan;
  private final String prefix = PREFIX + LINES.incrementAndGet();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger number = new AtomicInteger();

  /** Bound, and never listening. */
  private volatile @Nullable Socket kept;

  private final AtomicInteger faults = new AtomicInteger();
  private volatile @Nullable Exception mistake;

  private Line(Upstream upstream, Plan plan, ServerSocketFactory sockets) throws IOException {
    InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    this.upstream = upstream;
    this.plan = plan;
    this.server = sockets.createServerSocket(0, BACKLOG, here);
    this.scheme = sockets instanceof SSLServerSocketFactory ? "https" : "http";
  }

  static Line open(Upstream upstream, Plan plan) throws IOException {
    return open(upstream, plan, ServerSocketFactory.getDefault());
  }

  static Line open(Upstream upstream, Plan plan, ServerSocketFactory sockets) throws IOException {
    Line line = new Line(upstream, plan, sockets);
    THREADS.execute(line::accept);
    return line;
  }

  /** Returns the base URL to give to a client. */
  String url() {
    return scheme + "://127.0.0.1:" + server.getLocalPort() + prefix;
  }

  String prefix() {
    return prefix;
  }

  /** Returns all requests in the order of their arrival. */
  List<Received> received() {
    return received;
  }

  /** Returns how many requests met a fault. */
  int faults() {
    return faults.get();
  }

  /**
   * Takes back that a request met a fault: its answer has nothing that could go wrong in this way.
   */
  void faultCannotHappen() {
    faults.decrementAndGet();
  }

  /** Returns the mistake of the line itself, or null if it made none. */
  @Nullable Exception mistake() {
    return mistake;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        THREADS.execute(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
      for (Received request = Received.read(in, prefix);
          request != null;
          request = Received.read(in, prefix)) {
        received.add(request);
        Exchange exchange = new Exchange(this, request, socket, in);
        Trouble trouble = plan.trouble(number.incrementAndGet(), request);
        if (trouble == null) {
          exchange.sendReal();
        } else {
          faults.incrementAndGet();
          trouble.answer(exchange);
        }
      }
    } catch (IOException e) {
      // The client, or a fault, has ended the connection.
    } catch (RuntimeException e) {
      mistake = e;
    } finally {
      sockets.remove(socket);
    }
  }

  Upstream upstream() {
    return upstream;
  }

  /** Refuses to be connected from now on, and keeps the port: no other server may answer there. */
  synchronized void goAway() {
    if (kept != null) {
      return;
    }
    int port = server.getLocalPort();
    closePort();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    do { // the port is free once the thread that accepts has left
      kept = bound(port);
    } while (kept == null && System.nanoTime() - end < 0);
  }

  /** Returns a socket that is bound and never listens, or null if the port is not free. */
  private static @Nullable Socket bound(int port) {
    Socket socket = new Socket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      reset(socket);
      Until.moment();
      return null;
    }
  }

  /** Closes the port and resets every connection: nobody can connect any more. */
  @Override
  public void close() {
    closePort();
    Socket last = kept;
    if (last != null) {
      reset(last);
    }
  }

  private void closePort() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sockets.forEach(Line::reset);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It was closed meanwhile.
    }
  }
}
