package dev.turntable.source;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The secrets of one connection, and what takes them out of texts. Safe for use by several threads. */
public final class Secrets {
  /** What stands where a secret was. */
  public static final String MASK = Secret.MASK;

  /** Shorter texts are no secrets; replacing them would only make messages unreadable. */
  private static final int SHORTEST = 4;

  /** Those of all connections that there are: a key is secret whichever connection it is typed in. */
  private static final Map<String, WeakReference<Secret>> ALL = new ConcurrentHashMap<>();

  private final List<Secret> own = new CopyOnWriteArrayList<>();

  /** Adds a secret, for instance a token that was just minted; null and very short texts are ignored. */
  public void add(@Nullable String text) {
    if (text == null || text.length() < SHORTEST) {
      return;
    }
    Secret secret = interned(text);
    if (!own.contains(secret)) {
      own.add(secret);
    }
  }

  private static Secret interned(String text) {
    ALL.values().removeIf(reference -> reference.refersTo(null));
    while (true) {
      WeakReference<Secret> entry =
          ALL.compute(
              text,
              (key, old) ->
                  old == null || old.refersTo(null) ? new WeakReference<>(new Secret(text)) : old);
      Secret secret = entry.get();
      if (secret != null) {
        return secret;
      }
    }
  }

  /** Returns the text without the secrets of this connection. */
  public String mask(String text) {
    String result = text;
    for (Secret secret : own) {
      result = secret.mask(result);
    }
    return result;
  }

  /** Returns the text without the secrets of any connection. */
  public static String maskAll(String text) {
    String result = text;
    for (WeakReference<Secret> reference : ALL.values()) {
      Secret secret = reference.get();
      if (secret != null) {
        result = secret.mask(result);
      }
    }
    return result;
  }

  /** Returns the failure if no text of its chain holds a secret of any connection, else null. */
  public static @Nullable Throwable clean(@Nullable Throwable failure) {
    Set<Throwable> seen = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
    return failure == null || isClean(failure, seen) ? failure : null;
  }

  private static boolean isClean(Throwable failure, Set<Throwable> seen) {
    for (Throwable link = failure; link != null && seen.add(link); link = link.getCause()) {
      String text = String.valueOf(link);
      if (!maskAll(text).equals(text)) {
        return false;
      }
      for (Throwable suppressed : link.getSuppressed()) {
        if (!isClean(suppressed, seen)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Hides what it knows. */
  @Override
  public String toString() {
    return "Secrets";
  }
}
