package dev.turntable.simulator.rightbrain;

import dev.turntable.simulator.server.Dice;
import dev.turntable.simulator.server.ServiceRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Who may ask: API keys, OAuth clients and the tokens minted for them. */
public final class RightbrainAccess {
  /** An OAuth client of the project; every simulator has it. */
  public static final String CLIENT_ID = "6f1c0f0e-5a3e-4b52-9d0a-3b1f6a7c2d10";

  /** The secret of that client. */
  public static final String CLIENT_SECRET = "simulated-secret_1.x";

  /** What every token begins with that the client is given. */
  public static final String TOKEN_PREFIX = "ory_at_";

  /** Who sent a request. */
  enum Caller {
    KEY,
    CLIENT
  }

  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final Map<String, String> clients = new ConcurrentHashMap<>();
  private final Map<String, Long> tokens = new ConcurrentHashMap<>();
  private final AtomicInteger minted = new AtomicInteger();
  private final long seed;
  private volatile Duration tokenLifetime = Duration.ofHours(1);

  RightbrainAccess(String key, long seed) {
    this.seed = seed;
    keys.add(key);
    clients.put(CLIENT_ID, CLIENT_SECRET);
  }

  /** Requests with the API key get 401 from now on. */
  public void revokeKey(String key) {
    keys.remove(key);
  }

  /** Accepts another OAuth client, or changes the secret of one. */
  public void acceptClient(String id, String secret) {
    clients.put(id, secret);
  }

  /** How long tokens minted from now on are good; an hour at the start. */
  public void tokenLifetime(Duration lifetime) {
    tokenLifetime = lifetime;
  }

  Duration tokenLifetime() {
    return tokenLifetime;
  }

  /** Every token minted so far is worth nothing from now on. */
  public void expireTokens() {
    tokens.clear();
  }

  /** How many tokens were minted. */
  public int tokensMinted() {
    return minted.get();
  }

  boolean isClient(String id, String secret) {
    return secret.equals(clients.get(id));
  }

  String mint() {
    String token = new Dice(seed, "rb token", minted.incrementAndGet()).id(TOKEN_PREFIX, 43);
    tokens.put(token, System.nanoTime() + tokenLifetime.toNanos());
    return token;
  }

  /** The caller, or the gateway's 401. */
  Caller caller(ServiceRequest request) {
    String token = request.bearer().orElseThrow(RightbrainRefusal::unauthorized);
    if (keys.contains(token)) {
      return Caller.KEY;
    }
    Long end = tokens.get(token);
    if (end == null || System.nanoTime() - end >= 0) {
      throw RightbrainRefusal.unauthorized();
    }
    return Caller.CLIENT;
  }
}
