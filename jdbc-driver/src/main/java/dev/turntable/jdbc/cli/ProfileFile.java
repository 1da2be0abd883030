package dev.turntable.jdbc.cli;

import dev.turntable.config.Profile;
import dev.turntable.jdbc.cli.script.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The user's file of profiles: {@code [name]} begins one, {@code property = value} follows, {@code #} is
 * a comment. A key is named by {@code apiKeyVariable} or printed by {@code apiKeyCommand}; it stands in
 * the file itself only where nobody else may read that.
 */
final class ProfileFile {
  private static final Set<PosixFilePermission> WRITTEN_BY_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private static final Set<PosixFilePermission> READ_BY_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

  private static final String URL = "url";
  private static final String VARIABLE = "Variable";
  private static final String COMMAND = "Command";

  private final Path file;
  private final Map<String, String> environment;

  private ProfileFile(Path file, Map<String, String> environment) {
    this.file = file;
    this.environment = environment;
  }

  /**
   * What a profile says.
   *
   * @param url the URL, or null if it names none
   * @param profile the rest
   */
  record Entry(@Nullable String url, Profile profile) {}

  /**
   * Reads a profile.
   *
   * @throws IOException if there is none of that name, or it cannot be used; no message holds a value
   */
  static Entry read(String name, Map<String, String> environment) throws IOException {
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path folder =
        config.startsWith("/")
            ? Path.of(config)
            : Path.of(environment.getOrDefault("HOME", "."), ".config");
    return new ProfileFile(folder.resolve("turntable").resolve("config"), environment).entry(name);
  }

  private Entry entry(String name) throws IOException {
    Map<String, Map<String, String>> profiles = profiles(Utf8.readFile(file.toString()));
    Map<String, String> given = profiles.get(name);
    if (given == null) {
      throw new IOException(
          file
              + " has no profile ["
              + name
              + "]; there are "
              + String.join(", ", profiles.keySet()));
    }
    Set<PosixFilePermission> others = permissionsOfOthers();
    boolean trusted = others.stream().noneMatch(WRITTEN_BY_OTHERS::contains);
    boolean secret = trusted && others.stream().noneMatch(READ_BY_OTHERS::contains);
    Map<String, String> values = new LinkedHashMap<>();
    String url = null;
    for (Map.Entry<String, String> each : given.entrySet()) {
      String property = each.getKey();
      if (property.equalsIgnoreCase(URL)) {
        url = each.getValue();
      } else if (property.endsWith(VARIABLE)) {
        values.put(without(property, VARIABLE), environment.getOrDefault(each.getValue(), ""));
      } else if (property.endsWith(COMMAND)) {
        if (!trusted) {
          throw refused(property, "others may write that file: chmod go-w");
        }
        values.put(without(property, COMMAND), output(property, each.getValue()));
      } else {
        if (isSecret(property) && !secret) {
          throw refused(
              property, "others may read it there: chmod 600, or use " + property + VARIABLE);
        }
        values.put(property, each.getValue());
      }
    }
    values.values().removeIf(String::isBlank);
    return new Entry(url, new Profile(name, values, trusted));
  }

  private static boolean isSecret(String property) {
    String lower = property.toLowerCase(Locale.ROOT);
    return lower.endsWith("key") || lower.endsWith("secret") || lower.endsWith("password");
  }

  private static String without(String property, String ending) {
    return property.substring(0, property.length() - ending.length());
  }

  private IOException refused(String property, String why) {
    return new IOException("[28000] " + file + ": " + property + " is not used, since " + why);
  }

  private Map<String, Map<String, String>> profiles(String text) throws IOException {
    Map<String, Map<String, String>> profiles = new LinkedHashMap<>();
    Map<String, String> current = null;
    List<String> lines = new ArrayList<>(text.lines().toList());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      int equals = line.indexOf('=');
      if (line.startsWith("[") && line.endsWith("]")) {
        current = new LinkedHashMap<>();
        profiles.put(line.substring(1, line.length() - 1).strip(), current);
      } else if (current != null && equals > 0 && !line.startsWith("#")) {
        current.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        throw new IOException(
            "[22023] " + file + ":" + (i + 1) + ": expected [profile] or property = value");
      }
    }
    return profiles;
  }

  /** Returns what others may do with the file; all, where it is not the user's own. */
  private Set<PosixFilePermission> permissionsOfOthers() throws IOException {
    if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
      return Set.of(); // Windows keeps a user's folder to the user
    }
    PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
    String user = System.getProperty("user.name", "");
    return attributes.owner().getName().equals(user)
        ? attributes.permissions()
        : EnumSet.allOf(PosixFilePermission.class);
  }

  private String output(String property, String command) throws IOException {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", command)
            .redirectInput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0 || text.isEmpty()) {
        throw new IOException("[28000] " + file + ": the command of " + property + " has failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("reading the key was interrupted", e);
    }
    return text;
  }
}
