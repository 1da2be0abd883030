package dev.turntable.http;

import dev.turntable.source.ConnectionScope;
import dev.turntable.source.Secrets;
import org.jspecify.annotations.Nullable;

/** Takes secrets out of texts that are shown. Safe for use by several threads. */
public final class Redactor {
  private final Secrets secrets;

  /** Knows what the connection knows, and tells it what it learns. */
  public Redactor(ConnectionScope connection) {
    this.secrets = connection.secrets();
  }

  /** Adds a secret, for instance a token that was just minted; null and very short texts are ignored. */
  public void add(@Nullable String secret) {
    secrets.add(secret);
  }

  /** Returns the text with every secret masked. */
  public String redact(String text) {
    return secrets.mask(text);
  }

  /** Returns the failure if no text of its chain holds a secret, else null. */
  @Nullable Throwable cause(Throwable failure) {
    return Secrets.clean(failure);
  }

  /** Hides what it knows. */
  @Override
  public String toString() {
    return "Redactor";
  }
}
