package dev.turntable.jdbc.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request and the ways to answer it, rightly or wrongly. */
final class Exchange {
  private final Line line;
  private final Received request;
  private final Socket socket;
  private final InputStream in;
  private @Nullable Answer real;

  Exchange(Line line, Received request, Socket socket, InputStream in) {
    this.line = line;
    this.request = request;
    this.socket = socket;
    this.in = in;
  }

  Received request() {
    return request;
  }

  Line line() {
    return line;
  }

  /** Lets the service act, once, and returns what it answers. */
  Answer real() throws IOException {
    Answer answer = real;
    if (answer == null) {
      answer = line.upstream().ask(request);
      real = answer;
    }
    return answer;
  }

  /** Returns what the service answers; if that is no success, the fault cannot happen here. */
  Answer success() throws IOException {
    if (real().status() != 200) {
      line.faultCannotHappen();
      sendReal();
      throw new IOException("The service itself refuses");
    }
    return real();
  }

  void sendReal() throws IOException {
    send(real());
  }

  /** Sends the real answer with another text; if that is none, the fault cannot happen here. */
  void sendChanged(String text) throws IOException {
    if (text.equals(real().text())) {
      line.faultCannotHappen();
    }
    send(new Answer(real().status(), real().type(), text.getBytes(UTF_8)));
  }

  void send(Answer answer) throws IOException {
    Map<String, String> type =
        answer.type().isEmpty() ? Map.of() : Map.of("Content-Type", answer.type());
    send(answer.status(), type, answer.body());
  }

  void send(int status, Map<String, String> headers, String body) throws IOException {
    send(status, headers, body.getBytes(UTF_8));
  }

  void send(int status, Map<String, String> headers, byte[] body) throws IOException {
    byte[] head = head(status, headers, body.length);
    byte[] whole = java.util.Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    write(whole);
  }

  /** Sends the headers of an answer only. */
  void sendHead(int status, Map<String, String> headers, long length) throws IOException {
    write(head(status, headers, length));
  }

  private static byte[] head(int status, Map<String, String> headers, long length) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Some reason\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (status != 204) {
      head.append("Content-Length: " + length + "\r\n");
    }
    return head.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Ends the connection as if nothing were wrong. */
  void end() throws IOException {
    socket.close();
  }

  /** Ends the connection as a crash does. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Waits for the client to give up, or for the time to pass; returns whether it has given up. */
  boolean isGivenUpWithin(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }
}
