package dev.turntable.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Takes secrets out of texts that are shown. Safe for use by several threads. */
public final class Redactor {
  /** What stands where a secret was. */
  public static final String MASK = "****";

  /** Shorter texts are no secrets; replacing them would only make messages unreadable. */
  private static final int SHORTEST = 4;

  private final List<String> secrets = new CopyOnWriteArrayList<>();

  /** Adds a secret, for instance a token that was just minted; null and very short ones are none. */
  public void add(@Nullable String secret) {
    if (secret == null || secret.length() < SHORTEST || secrets.contains(secret)) {
      return;
    }
    secrets.add(secret);
    String encoded = URLEncoder.encode(secret, UTF_8);
    if (!encoded.equals(secret)) {
      secrets.add(encoded);
    }
  }

  /** Returns the text with every secret masked. */
  public String redact(String text) {
    String result = text;
    for (String secret : secrets) {
      if (result.contains(secret)) {
        result = result.replace(secret, MASK);
      }
    }
    return result;
  }

  /** Returns the failure if no text of its chain holds a secret, else null. */
  @Nullable Throwable cause(Throwable failure) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      String text = link.toString();
      if (!redact(text).equals(text) || link.getSuppressed().length > 0) {
        return null;
      }
    }
    return failure;
  }

  /** Hides what it knows. */
  @Override
  public String toString() {
    return "Redactor";
  }
}
