package dev.turntable.rightbrain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turntable.http.Authorization;
import dev.turntable.http.Calls;
import dev.turntable.http.Json;
import dev.turntable.http.ServiceClient;
import dev.turntable.rightbrain.RightbrainJson.Minted;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.ErrorKind;
import dev.turntable.source.Secrets;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.StatementScope;
import dev.turntable.source.TurntableException;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.http.Field;
import retrofit2.http.FormUrlEncoded;
import retrofit2.http.POST;
import retrofit2.http.Url;

/**
 * Tokens of an OAuth2 client: minted when first needed, again before they expire, and again when the
 * service refuses one. Safe for use by several threads.
 */
final class OAuthTokens implements Authorization, AutoCloseable {
  /** Share of its life that a token is used; the rest is for the way and for clocks that differ. */
  private static final double USED = 0.9;

  /** These end one statement and say nothing about the token that others wait for. */
  private static final Set<ErrorKind> OF_A_STATEMENT =
      EnumSet.of(ErrorKind.CANCELLED, ErrorKind.TIMEOUT, ErrorKind.CLOSED);

  private final ServiceClient client;
  private final Calls calls;
  private final TokenApi api;
  private final String url;
  private final Secrets secrets;
  private final AtomicReference<@Nullable CompletableFuture<Token>> minting =
      new AtomicReference<>();
  private volatile @Nullable Token token;

  private record Token(String header, long mintedAt, long usedUntil) {
    boolean isGood() {
      return System.nanoTime() - usedUntil < 0;
    }
  }

  interface TokenApi {
    @FormUrlEncoded
    @POST
    Call<Minted> mint(@Url String url, @Field("grant_type") String grantType);
  }

  /**
   * @throws TurntableException if a property is missing or cannot be used
   */
  OAuthTokens(SourceConfig config, ConnectionScope connection) {
    String secret = config.find("clientSecret");
    if (secret == null || secret.isEmpty()) {
      throw new TurntableException(
          ErrorKind.AUTHENTICATION,
          "rightbrain: clientId is given without clientSecret; set both, or only apiKey");
    }
    String id = config.string("clientId");
    String basic =
        "Basic "
            + Base64.getEncoder().encodeToString((form(id) + ":" + form(secret)).getBytes(UTF_8));
    this.secrets = connection.secrets();
    secrets.add(secret);
    secrets.add(basic.substring("Basic ".length()));
    this.url = config.string("tokenUrl");
    this.client =
        ServiceClient.openAt(
            "tokenUrl", config, connection, scope -> basic, id, Json.moshi().build());
    this.api = client.create(TokenApi.class);
    this.calls = client.calls().overhead();
  }

  /** RFC 6749, 2.3.1: both are form-encoded before they are joined. */
  private static String form(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @Override
  public String header(StatementScope scope) {
    Token known = token;
    return known != null && known.isGood() ? known.header() : renewed(known, scope).header();
  }

  @Override
  public boolean onUnauthorized(String header, StatementScope scope) {
    Token known = token;
    // Another request may have replaced the refused one meanwhile.
    return known == null
        || !known.header().equals(header)
        || !renewed(known, scope).header().equals(header);
  }

  @Override
  public boolean isOlderThan(StatementScope scope, String header) {
    Token known = token;
    return known == null
        || !known.header().equals(header)
        || known.mintedAt() - scope.openedNanos() < 0;
  }

  /** One thread mints; all others that want a new token wait for it, and share its failure. */
  private Token renewed(@Nullable Token old, StatementScope scope) {
    while (true) {
      CompletableFuture<Token> mine = new CompletableFuture<>();
      CompletableFuture<Token> running = minting.compareAndExchange(null, mine);
      if (running == null) {
        return renew(old, mine, scope);
      }
      try {
        return scope.await(
            running,
            () ->
                secrets.mask(
                    Rightbrain.SCHEMA + ": POST " + url + ", which another statement sends"));
      } catch (TurntableException e) {
        scope.ensureOpen();
        if (!OF_A_STATEMENT.contains(e.kind())) {
          throw e;
        }
      }
    }
  }

  private Token renew(@Nullable Token old, CompletableFuture<Token> mine, StatementScope scope) {
    try {
      Token known = token;
      if (known == null || known.equals(old)) {
        known = mint(scope);
        token = known;
      }
      minting.set(null);
      mine.complete(known);
      return known;
    } catch (RuntimeException | Error e) {
      minting.set(null);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private Token mint(StatementScope scope) {
    long asked = System.nanoTime();
    Call<Minted> call = api.mint(url, "client_credentials");
    Minted minted = calls.read(scope, Rightbrain.SCHEMA, call);
    if (minted.accessToken() == null) {
      throw calls.contradiction(
          ErrorKind.BAD_ANSWER, Rightbrain.SCHEMA, call, "answered without access_token");
    }
    secrets.add(minted.accessToken());
    ensureSendable(minted.accessToken(), call);
    Duration life = TokenLife.of(minted.expiresIn(), Instant.now());
    return new Token(
        "Bearer " + minted.accessToken(), asked, asked + (long) (USED * life.toNanos()));
  }

  /** No user can help a token that no header can hold: it is a wrong answer, and not a wrong key. */
  private void ensureSendable(String given, Call<Minted> call) {
    try {
      Authorization.bearer("the token", given);
    } catch (TurntableException e) {
      throw calls.contradiction(
          ErrorKind.BAD_ANSWER,
          Rightbrain.SCHEMA,
          call,
          "answered with what is no token: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
