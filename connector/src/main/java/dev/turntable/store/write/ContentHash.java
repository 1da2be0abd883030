package dev.turntable.store.write;

import dev.turntable.store.file.StoreSchema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;

/**
 * A hash of what a row was given, keyed with the salt of the store: the journal tells whether two rows
 * were given the same, and never what.
 */
final class ContentHash {
  private ContentHash() {}

  static String of(Connection connection, String content) throws SQLException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          String.valueOf(StoreSchema.meta(connection, "salt")).getBytes(StandardCharsets.UTF_8));
      digest.update(content.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has it", e);
    }
  }
}
