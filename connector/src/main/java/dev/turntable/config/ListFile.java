package dev.turntable.config;

import dev.turntable.source.ErrorKind;
import dev.turntable.source.PlainFile;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the entries of a list from a file.
 *
 * <p>A URL must not be able to read files aloud: only regular files of bounded size are read, every
 * line has to look like an entry, and no message holds any text of the file.
 */
final class ListFile {
  private static final int MAX_BYTES = 16 << 20;

  /** What editors put before UTF-8, read as single bytes. */
  private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

  private ListFile() {}

  static List<String> read(String property, PropertyDef def, String file) {
    String text = new String(bytes(property, file), StandardCharsets.ISO_8859_1);
    if (text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(BYTE_ORDER_MARK.length());
    }
    List<String> entries = new ArrayList<>();
    for (ListFileReader.Line line : ListFileReader.of(text)) {
      String entry = line.entry();
      if (entry == null || entry.indexOf(',') >= 0 || !PropertyText.isEntry(def, entry)) {
        throw new TurntableException(
            ErrorKind.BAD_VALUE,
            "property "
                + property
                + ": line "
                + line.number()
                + " of the file "
                + Path.of(file).getFileName()
                + " is neither an id, nor a URL that ends with one, nor a row of CSV or JSON with a"
                + " column task_id or id");
      }
      entries.add(entry);
    }
    return entries;
  }

  private static byte[] bytes(String property, String file) {
    try {
      return PlainFile.read(Path.of(file), MAX_BYTES);
    } catch (PlainFile.RefusedException e) {
      throw new TurntableException(ErrorKind.BAD_VALUE, "property " + property + e.getMessage(), e);
    } catch (IOException | InvalidPathException e) {
      throw new TurntableException(
          ErrorKind.BAD_VALUE,
          "property "
              + property
              + ": the file cannot be read ("
              + e.getClass().getSimpleName()
              + ")",
          e);
    }
  }
}
