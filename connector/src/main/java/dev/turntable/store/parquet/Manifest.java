package dev.turntable.store.parquet;

import dev.turntable.store.file.JsonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files that make up a directory at one moment, and whose rows they have. Readers who take the list
 * from here see each day once, whatever else lies there.
 *
 * @param salt what the hashes of accounts are keyed with
 * @param accounts the hashes of the accounts, by service
 * @param tables what holds for all files of a table
 * @param files the files
 */
record Manifest(
    String salt, Map<String, String> accounts, List<Table> tables, List<ParquetDay> files) {
  static final int VERSION = 1;

  /**
   * A table.
   *
   * @param service the name of the source
   * @param table its name
   * @param columns its columns and their types
   * @param settledTo of a history, up to when every row is there for good; else null
   */
  record Table(String service, String table, String columns, @Nullable Instant settledTo) {
    boolean isSameAs(ParquetTable other) {
      return service.equals(other.account().service()) && table.equals(other.name());
    }
  }

  Manifest {
    accounts = Map.copyOf(accounts);
    tables = List.copyOf(tables);
    files = List.copyOf(files);
  }

  /** Returns the files of a table, none if their columns are others than those that it has now. */
  List<ParquetDay> files(ParquetTable table) {
    return tables.stream()
            .anyMatch(each -> each.isSameAs(table) && each.columns().equals(table.shape()))
        ? files.stream().filter(file -> file.isOf(table)).toList()
        : List.of();
  }

  Manifest withAccount(String service, String hash) {
    Map<String, String> all = new TreeMap<>(accounts);
    all.put(service, hash);
    return new Manifest(salt, all, tables, files);
  }

  /** Puts other files in the place of those of a table. */
  Manifest with(ParquetTable table, @Nullable Instant settledTo, List<ParquetDay> days) {
    List<Table> otherTables = new ArrayList<>(tables);
    otherTables.removeIf(each -> each.isSameAs(table));
    otherTables.add(new Table(table.account().service(), table.name(), table.shape(), settledTo));
    List<ParquetDay> otherFiles = new ArrayList<>(files);
    otherFiles.removeIf(file -> file.isOf(table));
    otherFiles.addAll(days);
    return new Manifest(salt, accounts, otherTables, otherFiles);
  }

  /** Returns it as JSON, a line for each table and file. */
  String text() {
    StringBuilder out = new StringBuilder("{\"version\":").append(VERSION);
    member(out.append(','), "salt", salt);
    List<String> lines = new ArrayList<>();
    new TreeMap<>(accounts)
        .forEach((service, hash) -> lines.add(line("service", service, "account", hash)));
    list(out, "accounts", lines);
    lines.clear();
    for (Table table : tables) {
      String settled = table.settledTo() == null ? "" : table.settledTo().toString();
      lines.add(
          line(
              "service",
              table.service(),
              "table",
              table.table(),
              "columns",
              table.columns(),
              "settled_to",
              settled));
    }
    list(out, "tables", lines);
    lines.clear();
    for (ParquetDay file : files) {
      lines.add(
          line(
              "service",
              file.service(),
              "table",
              file.table(),
              "day",
              file.day(),
              "path",
              file.path(),
              "rows",
              String.valueOf(file.rows()),
              "content",
              file.content()));
    }
    list(out, "files", lines);
    return out.append("}\n").toString();
  }

  private static void list(StringBuilder out, String name, List<String> lines) {
    out.append(",\n\"").append(name).append("\":[");
    out.append(lines.isEmpty() ? "" : "\n").append(String.join(",\n", lines)).append(']');
  }

  private static String line(String... members) {
    StringBuilder out = new StringBuilder("{");
    for (int i = 0; i < members.length; i += 2) {
      out.append(i == 0 ? "" : ",");
      if (members[i].equals("rows")) {
        out.append("\"rows\":").append(members[i + 1]);
      } else {
        member(out, members[i], members[i + 1]);
      }
    }
    return out.append('}').toString();
  }

  private static void member(StringBuilder out, String name, String value) {
    out.append('"').append(name).append("\":");
    JsonText.append(out, value);
  }
}
