package dev.turntable.config;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.TurntableException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the stores are that a URL names: below the data directory of the user, and nowhere else. */
final class StoreNames {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Windows takes these for devices, in any directory. */
  private static final Pattern DEVICE = Pattern.compile("(?i)con|prn|aux|nul|com[0-9]|lpt[0-9]");

  private StoreNames() {}

  static Path directory(String name) {
    if (!NAME.matcher(name).matches() || DEVICE.matcher(name).matches()) {
      throw refused(
          "in a URL has to be a name of letters, digits, _ and -, at most 64; a directory is given as"
              + " a property, by --store or by TURNTABLE_STORE");
    }
    Path directory = base(System.getenv("XDG_DATA_HOME")).resolve("turntable").resolve(name);
    if (Files.isSymbolicLink(directory)
        || (Files.exists(directory, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(directory))) {
      throw refused("in a URL names a link or a file; give its directory as a property");
    }
    return directory;
  }

  private static Path base(@Nullable String xdg) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    Path home = Path.of(System.getProperty("user.home", "."));
    if (xdg != null && Path.of(xdg).isAbsolute()) {
      return Path.of(xdg);
    }
    if (system.startsWith("windows")) {
      String local = System.getenv("LOCALAPPDATA");
      return local == null ? home.resolve("AppData").resolve("Local") : Path.of(local);
    }
    return system.startsWith("mac")
        ? home.resolve("Library").resolve("Application Support")
        : home.resolve(".local").resolve("share");
  }

  private static TurntableException refused(String what) {
    return new TurntableException(ErrorKind.BAD_VALUE, "property store " + what);
  }
}
