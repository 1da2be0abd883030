package dev.turntable.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between the driver and a server, on raw TCP, and ends the connection at one byte of one
 * write. Everything else passes unchanged, in the order of the requests of a connection.
 */
final class CuttingProxy implements AutoCloseable {
  /** Where the connection ends. */
  enum Place {
    /** Nowhere. */
    NONE,
    /** Nothing listens. */
    CONNECT,
    /** When it is accepted, before a byte is read. */
    ACCEPT,
    /** After so many bytes of the request have reached the server. */
    REQUEST,
    /** After so many bytes of the answer have reached the driver; the server has acted. */
    ANSWER
  }

  /**
   * One cut.
   *
   * @param write which of the writes, from 1
   * @param offset how many bytes pass; more than there are: all
   * @param reset whether the connection is reset instead of closed
   */
  record Cut(Place place, int write, int offset, boolean reset) {}

  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

  private final ServerSocket server;
  private final Socket held = new Socket();
  private final int target;
  private final Cut cut;
  private final AtomicInteger writes = new AtomicInteger();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  /** How many bytes the last whole write and its answer had. */
  volatile int requestBytes;

  volatile int answerBytes;

  CuttingProxy(int target, Cut cut) throws IOException {
    this.server = new ServerSocket();
    this.target = target;
    this.cut = cut;
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (cut.place() == Place.CONNECT) {
      // A port that is bound but not listened at refuses, and nobody else can be given it.
      held.bind(anyPort);
    } else {
      server.bind(anyPort);
      start(this::accept);
    }
  }

  int port() {
    return held.isBound() ? held.getLocalPort() : server.getLocalPort();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        sockets.add(client);
        if (cut.place() == Place.ACCEPT && accepted.incrementAndGet() == cut.write()) {
          end(client);
        } else {
          start(() -> serve(client));
        }
      }
    } catch (IOException e) {
      assert server.isClosed() : e;
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
      sockets.add(upstream);
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      while (exchange(client, upstream)) {
        // until one side ends the connection or the cut does
      }
    } catch (IOException e) {
      // The other side ended it: both are closed now.
    } finally {
      sockets.remove(client);
    }
  }

  private boolean exchange(Socket client, Socket upstream) throws IOException {
    byte[] request = message(client.getInputStream());
    if (request.length == 0) {
      return false;
    }
    String line = new String(request, 0, 7, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
    boolean write = !line.startsWith("GET");
    boolean mine = write && writes.incrementAndGet() == cut.write();
    if (mine && cut.place() == Place.REQUEST) {
      send(upstream, request, cut.offset());
      end(upstream);
      end(client);
      return false;
    }
    send(upstream, request, request.length);
    byte[] answer = message(upstream.getInputStream());
    if (mine && cut.place() == Place.ANSWER) {
      send(client, answer, cut.offset());
      end(client);
      return false;
    }
    if (write) {
      // Before the answer goes out: whoever waits for it reads them.
      requestBytes = request.length;
      answerBytes = answer.length;
    }
    send(client, answer, answer.length);
    return true;
  }

  private static void send(Socket socket, byte[] bytes, int most) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes, 0, Math.min(most, bytes.length));
    out.flush();
  }

  private void end(Socket socket) throws IOException {
    if (cut.reset()) {
      socket.setSoLinger(true, 0);
    }
    socket.close();
  }

  /** Reads one message, head and body; empty at the end of the stream. */
  private static byte[] message(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int last = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      bytes.write(b);
      last = last << 8 | b;
      if (last == 0x0d0a0d0a) {
        Matcher length = LENGTH.matcher(bytes.toString(StandardCharsets.ISO_8859_1));
        if (length.find()) {
          bytes.write(in.readNBytes(Integer.parseInt(length.group(1))));
        }
        return bytes.toByteArray();
      }
    }
    return new byte[0];
  }

  @Override
  public void close() throws IOException {
    server.close();
    held.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
