package dev.turntable.store;

import dev.turntable.store.file.JsonText;
import dev.turntable.store.file.Query;
import dev.turntable.store.kept.KnownState;
import dev.turntable.store.read.StatementReading;
import dev.turntable.store.table.KeyText;
import dev.turntable.store.write.CatalogueTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares keys with those that the catalogue of an account has. */
final class KnownKeys {
  private KnownKeys() {}

  /**
   * Returns those of the connection's own keys that the store knows and that were not archived, or null if
   * it has to be asked for another one.
   */
  static @Nullable Set<Object> remembered(Connection connection, int account, List<Object> own)
      throws SQLException {
    if (own.isEmpty()) {
      return Set.of();
    }
    Map<String, Object> asked = texts(own);
    if (asked == null) {
      return null;
    }
    Query query =
        new Query()
            .add("SELECT k.id, k.archived, k.found FROM (" + CatalogueTables.KNOWN, account)
            .add(
                ") k (id, archived, found) WHERE list_contains(from_json(?, '[\"VARCHAR\"]'), k.id)",
                JsonText.array(asked.keySet()));
    Set<Object> remembered = new LinkedHashSet<>();
    int archived = 0;
    try (PreparedStatement statement = query.prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (rows.getBoolean(2)) {
          archived++;
        } else if (rows.getBoolean(3)) {
          remembered.add(Objects.requireNonNull(asked.get(rows.getString(1))));
        }
      }
    }
    return remembered.size() + archived == asked.size() ? remembered : null;
  }

  private static @Nullable Map<String, Object> texts(Iterable<Object> keys) {
    Map<String, Object> texts = new LinkedHashMap<>();
    for (Object key : keys) {
      String text = KeyText.of(List.of(key));
      if (text == null) {
        return null;
      }
      texts.put(text, key);
    }
    return texts;
  }

  /** Returns which of some keys are none of those that are known. */
  static Set<Object> unknown(StatementReading reading, int account, Set<Object> keys) {
    Map<String, Object> asked = new LinkedHashMap<>();
    Set<Object> unknown = new LinkedHashSet<>();
    for (Object key : keys) {
      String text = KeyText.of(List.of(key));
      if (text == null) {
        unknown.add(key);
      } else {
        asked.put(text, key);
      }
    }
    Query query =
        new Query()
            .add("SELECT k.id FROM " + KnownState.KNOWN, account)
            .add(
                " k WHERE list_contains(from_json(?, '[\"VARCHAR\"]'), k.id)",
                JsonText.array(asked.keySet()));
    return reading.ask(
        connection -> {
          try (PreparedStatement statement = query.prepare(connection);
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              asked.remove(rows.getString(1));
            }
          }
          unknown.addAll(asked.values());
          return unknown;
        });
  }
}
