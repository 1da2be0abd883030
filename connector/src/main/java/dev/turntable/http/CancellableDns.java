package dev.turntable.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.Dns;

/**
 * Looks names up on threads of their own, because the JDK's lookup ignores both cancel and interrupt
 * and may take many seconds. A lookup that nobody waits for any more ends by itself.
 */
final class CancellableDns implements Dns {
  static final CancellableDns SYSTEM = new CancellableDns(Dns.SYSTEM);

  /** OkHttp says in an event of the same thread for which call it is about to look up. */
  private static final ThreadLocal<CompletableFuture<Void>> CANCELLED = new ThreadLocal<>();

  private final Dns dns;

  CancellableDns(Dns dns) {
    this.dns = dns;
  }

  /** Lets the next lookup of this thread end when the given event comes. */
  static void begin(CompletableFuture<Void> cancelled) {
    CANCELLED.set(cancelled);
  }

  @Override
  public List<InetAddress> lookup(String hostname) throws UnknownHostException {
    CompletableFuture<Void> cancelled = CANCELLED.get();
    CANCELLED.remove();
    if (cancelled == null) {
      return dns.lookup(hostname);
    }
    CompletableFuture<List<InetAddress>> addresses = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(addresses, hostname), "turntable-dns");
    thread.setDaemon(true);
    thread.start();
    try {
      CompletableFuture.anyOf(addresses, cancelled).get();
      if (addresses.isDone()) {
        return addresses.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw unknown;
      }
      UnknownHostException unknown = new UnknownHostException(hostname);
      unknown.initCause(e.getCause());
      throw unknown;
    }
    throw new UnknownHostException(hostname + " (given up)");
  }

  private void complete(CompletableFuture<List<InetAddress>> addresses, String hostname) {
    try {
      addresses.complete(dns.lookup(hostname));
    } catch (UnknownHostException | RuntimeException | Error e) {
      addresses.completeExceptionally(e);
    }
  }
}
