package dev.turntable.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service of things on plain sockets, which closes connections as a server with a short idle
 * time-out does: at the moment at which the next request arrives, so that no client can know.
 */
final class IdleServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Socket> doomed = ConcurrentHashMap.newKeySet();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();
  private volatile CountDownLatch together = new CountDownLatch(0);
  private volatile boolean says408;
  private volatile boolean dropsNew;

  private IdleServer(ServerSocket listener) {
    this.listener = listener;
  }

  static IdleServer start() {
    try {
      IdleServer server =
          new IdleServer(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
      daemon(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "idle-server");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/";
  }

  /** Answers so many requests only when all of them are there. */
  void awaitTogether(int requests) {
    together = new CountDownLatch(requests);
  }

  /** All connections that are open now close when the next request comes over them. */
  void closeIdleOnNextRequest() {
    together = new CountDownLatch(0);
    doomed.addAll(open);
  }

  /** The same, but with the words that some servers have for it. */
  void answer408ToIdle() {
    says408 = true;
    closeIdleOnNextRequest();
  }

  void dropNew() {
    dropsNew = true;
  }

  int answered() {
    return answered.get();
  }

  /** Returns how many requests came over a connection that was to be closed. */
  int dropped() {
    return dropped.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      for (String request = head(in); !request.isEmpty(); request = head(in)) {
        in.readNBytes(length(request));
        if (doomed.contains(socket) || dropsNew) {
          dropped.incrementAndGet();
          if (says408) {
            send(socket, "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0");
          }
          return;
        }
        together.countDown();
        together.await(10, TimeUnit.SECONDS);
        answered.incrementAndGet();
        String id = request.startsWith("POST") ? "a" : request.split("[/ ]")[3];
        String body = "{\"id\":\"" + id + "\",\"count\":1}";
        send(
            socket,
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
      }
    } catch (IOException e) {
      return; // the client has gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket
        .getOutputStream()
        .write((text + (text.contains("\r\n\r\n") ? "" : "\r\n\r\n")).getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  private static int length(String head) {
    int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length:");
    return at < 0 ? 0 : Integer.parseInt(head.substring(at + 15, head.indexOf('\r', at)).strip());
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.append((char) b);
      if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
        return head.toString();
      }
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
