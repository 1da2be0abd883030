package dev.turntable.http;

import com.squareup.moshi.Moshi;
import dev.turntable.source.ConnectionLimits;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.SourceConfig;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/** The HTTP side of one source of one connection. Safe for use by several threads. */
public final class ServiceClient implements AutoCloseable {
  private static final AtomicBoolean WARM = new AtomicBoolean();

  private final ServiceContext context;
  private final Retrofit retrofit;

  private ServiceClient(ServiceContext context, Moshi moshi) {
    this.context = context;
    this.retrofit =
        new Retrofit.Builder()
            .baseUrl(context.options().address().url())
            .callFactory(context.connections()::newCall)
            .addConverterFactory(MoshiConverterFactory.create(moshi))
            .build();
  }

  /**
   * Opens the client. Sends nothing.
   *
   * @param config the common properties must be there
   * @param account what tells one account of the service from another, for instance the key; sources
   *     with the same base URL and account share their pace
   * @param moshi reads and writes the records of the service, see {@link Json#moshi}
   */
  public static ServiceClient open(
      SourceConfig config,
      ConnectionScope connection,
      Authorization authorization,
      String account,
      Moshi moshi) {
    return open(HttpOptions.of(config), connection, authorization, account, moshi);
  }

  /**
   * Opens a client for another place of the service, such as the one that gives out its tokens. Sends
   * nothing.
   *
   * @param urlProperty the property that names the place, instead of {@code baseUrl}
   */
  public static ServiceClient openAt(
      String urlProperty,
      SourceConfig config,
      ConnectionScope connection,
      Authorization authorization,
      String account,
      Moshi moshi) {
    return open(HttpOptions.of(config, urlProperty), connection, authorization, account, moshi);
  }

  private static ServiceClient open(
      HttpOptions options,
      ConnectionScope connection,
      Authorization authorization,
      String account,
      Moshi moshi) {
    RetryPolicy retries =
        new RetryPolicy(
            options.maxRetries(),
            () -> ThreadLocalRandom.current().nextDouble(),
            System::currentTimeMillis);
    return open(options, connection, authorization, account, moshi, retries);
  }

  static ServiceClient open(
      HttpOptions options,
      ConnectionScope connection,
      Authorization authorization,
      String account,
      Moshi moshi,
      RetryPolicy retries) {
    connection.secrets().add(options.trustStore().password());
    Pace pace = Pace.of(options.address().url().toString(), account);
    ConnectionLimits limits = connection.limits();
    String version = ServiceClient.class.getPackage().getImplementationVersion();
    Connections connections =
        new Connections(
            options,
            limits.maxConcurrentRequests(),
            limits.maxConcurrentWrites(),
            "turntable/" + (version == null ? "dev" : version));
    return new ServiceClient(
        new ServiceContext(options, connection, authorization, pace, retries, connections), moshi);
  }

  /** Loads what every client needs, in a new JVM a tenth of a second's work. Sends nothing. */
  public static void warmUp() {
    if (!WARM.getAndSet(true)) {
      HttpWarmUp.run();
    }
  }

  /** Returns the calls of a Retrofit interface; its paths are relative to the base URL. */
  public <A> A create(Class<A> api) {
    return retrofit.create(api);
  }

  /** Returns what sends the calls. */
  public Calls calls() {
    return new Calls(context, false, false, context.options().maxRetries());
  }

  /** Returns the base URL, with a slash at its end. */
  public String baseUrl() {
    return context.options().address().url().toString();
  }

  int idleConnections() {
    return context.connections().idle();
  }

  /** Closes the idle connections. Requests under way end with their statements. */
  @Override
  public void close() {
    context.aged().clear();
    context.connections().evict();
  }
}
