package dev.turntable.http;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.PlainFile;
import dev.turntable.source.TurntableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionSpec;
import okhttp3.CookieJar;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Builds the OkHttp clients: nothing is repeated, followed, kept or guessed by OkHttp itself. */
final class Clients {
  private static final Duration READ_KEEP_ALIVE = Duration.ofSeconds(30);
  private static final Duration PING = Duration.ofSeconds(10);
  private static final int MAX_TRUST_STORE = 16 << 20;
  private static final Duration WRITE_KEEP_ALIVE = Duration.ofSeconds(1);

  private Clients() {}

  /** Holds what every client over TLS shares, above all the parsed certificates of the JVM. */
  private static final class SharedTls {
    static final OkHttpClient CLIENT =
        new OkHttpClient.Builder().connectionSpecs(List.of(ConnectionSpec.MODERN_TLS)).build();
  }

  static OkHttpClient open(HttpOptions options, int maxIdle, String userAgent) {
    OkHttpClient.Builder builder;
    if (options.address().url().isHttps()) {
      builder = SharedTls.CLIENT.newBuilder();
    } else {
      // Spares a plain connection the loading of TLS, a tenth of a second in a new JVM.
      builder = new OkHttpClient.Builder().connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
    }
    Background.of(builder);
    builder
        .connectionPool(Background.pool(maxIdle, READ_KEEP_ALIVE.toNanos()))
        .connectTimeout(options.timeouts().connect())
        // The whole attempt is timed instead, so that a dripping server cannot stretch it.
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        // So that a dead HTTP/2 connection is not used for one attempt after the other.
        .pingInterval(PING)
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .cookieJar(CookieJar.NO_COOKIES)
        .dns(CancellableDns.SYSTEM)
        .eventListenerFactory(Attempt::of)
        .addInterceptor(new AttemptInterceptor(userAgent))
        .addNetworkInterceptor(new ExchangeGuard());
    if (options.proxy() != null) {
      builder.proxy(options.proxy());
    }
    HttpOptions.TrustStore trusted = options.trustStore();
    if (trusted.file() != null && options.address().url().isHttps()) {
      trust(builder, options.address().source(), trusted.file(), trusted.password());
    }
    return builder.build();
  }

  /**
   * Writes have connections of their own, kept for a moment only: one that the server closed while it
   * was idle would make the outcome of a write unknown.
   */
  static OkHttpClient forWrites(OkHttpClient reads, int maxIdle) {
    return reads
        .newBuilder()
        .connectionPool(Background.pool(maxIdle, WRITE_KEEP_ALIVE.toNanos()))
        .build();
  }

  private static void trust(
      OkHttpClient.Builder builder, String source, String file, @Nullable String password) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(
          new ByteArrayInputStream(PlainFile.read(Path.of(file), MAX_TRUST_STORE)),
          password == null ? null : password.toCharArray());
      if (store.size() == 0) {
        throw bad(source, " names a file without a certificate; is trustStorePassword right?");
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager trust) {
          SSLContext context = SSLContext.getInstance("TLS");
          context.init(null, new TrustManager[] {trust}, null);
          builder.sslSocketFactory(context.getSocketFactory(), trust);
          return;
        }
      }
      throw new GeneralSecurityException("no trust manager");
    } catch (PlainFile.RefusedException e) {
      throw bad(source, e.getMessage());
    } catch (IOException | GeneralSecurityException | InvalidPathException e) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE,
          "property " + source + ".trustStore: the file cannot be read as a key store",
          e);
    }
  }

  private static TurntableException bad(String source, @Nullable String what) {
    return new TurntableException(ErrorKind.BAD_VALUE, "property " + source + ".trustStore" + what);
  }
}
