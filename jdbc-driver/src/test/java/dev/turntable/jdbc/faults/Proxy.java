package dev.turntable.jdbc.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small HTTP proxy: forwards plain requests, and opens tunnels for CONNECT. */
final class Proxy implements AutoCloseable {
  private final ServerSocket server;
  private final boolean wantsCredentials;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "proxy");
            thread.setDaemon(true);
            return thread;
          });

  private Proxy(boolean wantsCredentials) throws IOException {
    this.wantsCredentials = wantsCredentials;
    this.server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  }

  static Proxy open() throws IOException {
    return start(new Proxy(false));
  }

  /** Lets nobody through. */
  static Proxy closed() throws IOException {
    return start(new Proxy(true));
  }

  private static Proxy start(Proxy proxy) {
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Returns what it was asked for, all that it could read. */
  List<Received> received() {
    return received;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      for (Received request = Received.read(in, "");
          request != null;
          request = Received.read(in, "")) {
        received.add(request);
        if (wantsCredentials) {
          write(
              client, "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n");
        } else if (request.method().equals("CONNECT")) {
          tunnel(client, in, request.target());
          return;
        } else {
          forward(client, request);
        }
      }
    } catch (IOException e) {
      // One of the two has gone.
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private void tunnel(Socket client, InputStream in, String target) throws IOException {
    int colon = target.lastIndexOf(':');
    try (Socket host =
        connect(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)))) {
      write(client, "HTTP/1.1 200 Go\r\n\r\n");
      threads.execute(() -> copy(host, client));
      in.transferTo(host.getOutputStream());
    }
  }

  private Socket connect(String host, int port) throws IOException {
    Socket socket = new Socket(host, port);
    sockets.add(socket);
    return socket;
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of the two has gone.
    }
  }

  /** Sends a request on, over a connection of its own, and the answer back until its end. */
  private void forward(Socket client, Received request) throws IOException {
    URI uri = URI.create(request.target());
    try (Socket host = connect(uri.getHost(), uri.getPort())) {
      String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
      StringBuilder head = new StringBuilder(request.method() + " " + path + " HTTP/1.1\r\n");
      request.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
      write(host, head + "\r\n");
      host.getOutputStream().write(request.body());
      host.getOutputStream().flush();
      answer(new BufferedInputStream(host.getInputStream()), client.getOutputStream());
    }
  }

  private static void answer(InputStream from, OutputStream to) throws IOException {
    Received answer = Received.read(from, "");
    if (answer == null) {
      throw new IOException("no answer");
    }
    StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.target() + " Forwarded\r\n");
    answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    to.write((head + "\r\n").getBytes(ISO_8859_1));
    to.write(answer.body());
    to.flush();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
