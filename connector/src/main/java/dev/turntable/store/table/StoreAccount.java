package dev.turntable.store.table;

import dev.turntable.config.StoreSettings;
import dev.turntable.source.Account;
import dev.turntable.store.file.Micros;
import dev.turntable.store.file.StoreSchema;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Whose rows they are, as the store knows it: by a hash, keyed with a number of the store's own, of the
 * service, where it is, and the key. The hash tells nothing of the key.
 *
 * @param service the name of the source
 * @param parts what the hash is made of
 */
public record StoreAccount(String service, List<String> parts) {
  private static final String HASH = "HmacSHA256";

  public StoreAccount {
    parts = List.copyOf(parts);
  }

  public static StoreAccount of(String service, Account account, StoreSettings settings) {
    if (settings.demo()) {
      return new StoreAccount(service, List.of("demo"));
    }
    List<String> parts = new ArrayList<>(account.places());
    String name = settings.account();
    parts.add(name == null ? "key" : "name");
    parts.add(name == null ? account.key() : name);
    return new StoreAccount(service, parts);
  }

  /** Returns the number of the account in the store, or null if it has none yet. */
  public @Nullable Integer find(Connection connection) throws SQLException {
    return find(connection, fingerprint(connection));
  }

  private @Nullable Integer find(Connection connection, String fingerprint) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT id FROM accounts WHERE fingerprint = ? AND service = ?")) {
      statement.setString(1, fingerprint);
      statement.setString(2, service);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getInt(1) : null;
      }
    }
  }

  /** Returns the number of the account, a new one if need be. */
  public int number(Connection connection) throws SQLException {
    String fingerprint = fingerprint(connection);
    Integer known = find(connection, fingerprint);
    if (known != null) {
      return known;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO accounts SELECT COALESCE(MAX(id), 0) + 1, ?, ?, make_timestamp(?)"
                + " FROM accounts")) {
      statement.setString(1, fingerprint);
      statement.setString(2, service);
      statement.setLong(3, Micros.of(Instant.now()));
      statement.executeUpdate();
    }
    Integer added = find(connection, fingerprint);
    if (added == null) {
      throw new SQLException("an account was not added");
    }
    return added;
  }

  private String fingerprint(Connection connection) throws SQLException {
    String salt = StoreSchema.meta(connection, "salt");
    if (salt == null) {
      throw new SQLException("the store has no salt");
    }
    try {
      return hash(Base64.getDecoder().decode(salt));
    } catch (IllegalArgumentException e) {
      throw new SQLException("the salt of the store cannot be used", e);
    }
  }

  /**
   * Returns what stands for the account where the hash is keyed otherwise.
   *
   * @throws IllegalArgumentException if there is nothing to key it with
   */
  public String hash(byte[] salt) {
    try {
      Mac mac = Mac.getInstance(HASH);
      mac.init(new SecretKeySpec(salt, HASH));
      mac.update(service.getBytes(StandardCharsets.UTF_8));
      for (String part : parts) {
        mac.update((byte) 0);
        mac.update(part.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HASH, e);
    }
  }

  /** Hides the key. */
  @Override
  public String toString() {
    return service;
  }
}
