package dev.turntable.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CancellableDnsTest {
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

  @Test
  void findsWhatTheSystemFinds() throws UnknownHostException {
    List<InetAddress> found = List.of(InetAddress.getLoopbackAddress());
    CancellableDns dns = new CancellableDns(host -> found);
    CancellableDns.begin(cancelled);
    assertThat(dns.lookup("service.example")).isEqualTo(found);
    assertThat(dns.lookup("service.example")).isEqualTo(found);
  }

  @Test
  void whatIsNotFoundIsUnknown() {
    CancellableDns unknown =
        new CancellableDns(
            host -> {
              throw new UnknownHostException(host);
            });
    CancellableDns.begin(cancelled);
    assertThatThrownBy(() -> unknown.lookup("none.example"))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("none.example");
    CancellableDns broken =
        new CancellableDns(
            host -> {
              throw new IllegalStateException("resolver");
            });
    CancellableDns.begin(cancelled);
    assertThatThrownBy(() -> broken.lookup("none.example"))
        .isInstanceOf(UnknownHostException.class)
        .hasRootCauseMessage("resolver");
  }

  @Test
  void aLookupThatHangsEndsByCancel() {
    CountDownLatch asked = new CountDownLatch(1);
    CancellableDns dns = hanging(asked);
    CompletableFuture.runAsync(
        () -> {
          await(asked);
          cancelled.complete(null);
        });
    CancellableDns.begin(cancelled);
    assertThatThrownBy(() -> dns.lookup("slow.example"))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("given up");
  }

  @Test
  void aLookupThatHangsEndsByInterrupt() {
    CountDownLatch asked = new CountDownLatch(1);
    CancellableDns dns = hanging(asked);
    Thread caller = Thread.currentThread();
    CompletableFuture.runAsync(
        () -> {
          await(asked);
          caller.interrupt();
        });
    CancellableDns.begin(cancelled);
    assertThatThrownBy(() -> dns.lookup("slow.example")).isInstanceOf(UnknownHostException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static CancellableDns hanging(CountDownLatch asked) {
    return new CancellableDns(
        host -> {
          asked.countDown();
          await(new CountDownLatch(1));
          throw new AssertionError("never");
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
