package dev.turntable.http;

import dev.turntable.http.GivenFiles.GivenFile;
import dev.turntable.source.TurntableException;
import dev.turntable.source.Utf16;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of files in place: a parser that handed over strings would copy every content. What
 * it says of a mistake never quotes the text. Used once.
 */
final class FilesReader {
  private final String table;
  private final String json;
  private int at;

  FilesReader(String table, String json) {
    this.table = table;
    this.json = json;
  }

  List<GivenFile> read() {
    List<GivenFile> files = new ArrayList<>();
    expect('[', "the text is no JSON array");
    if (!takes(']')) {
      do {
        files.add(file(files.size() + 1));
      } while (takes(','));
      expect(']', "the array does not end");
    }
    skipBlanks();
    if (at < json.length()) {
      throw bad("something follows the array");
    }
    return files;
  }

  private GivenFile file(int number) {
    String filename = null;
    String mediaType = null;
    Base64Text content = null;
    expect('{', "element " + number + " is no object");
    if (!takes('}')) {
      do {
        String name = text("the name of a member");
        expect(':', "a member has no value");
        boolean twice =
            switch (name) {
              case "filename" -> filename != null;
              case "media_type" -> mediaType != null;
              case "content" -> content != null;
              default -> throw bad("element " + number + " has another member" + shown(name));
            };
        if (twice) {
          throw bad("element " + number + " has '" + name + "' twice");
        }
        switch (name) {
          case "filename" -> filename = text("the filename of element " + number);
          case "media_type" -> mediaType = text("the media_type of element " + number);
          default -> content = range("the content of element " + number);
        }
      } while (takes(','));
      expect('}', "an object does not end");
    }
    long size = content == null ? 0 : content.size();
    if (size < 0) {
      throw bad("the content of element " + number + " is no base64");
    }
    return new GivenFile(
        given(filename, number, "filename"),
        given(mediaType, number, "media_type"),
        given(content, number, "content"),
        size);
  }

  private <T> T given(@Nullable T value, int number, String name) {
    if (value == null) {
      throw bad("element " + number + " has no " + name);
    }
    return value;
  }

  /** A name that is long may be anything. */
  private static String shown(String name) {
    boolean plain = name.length() <= 20 && name.chars().allMatch(Character::isJavaIdentifierPart);
    return plain ? ", '" + name + "'" : "";
  }

  /** Reads a string as where it stands. */
  private Base64Text range(String what) {
    expect('"', what + " is no string");
    int from = at;
    while (at < json.length()) {
      char c = json.charAt(at);
      if (c == '"') {
        return new Base64Text(json, from, at++);
      }
      if (c < ' ') {
        break;
      }
      at = c == '\\' ? escaped() : at + 1;
    }
    throw bad(what + " does not end, or holds a control character");
  }

  /** Returns where an escape has ended. */
  private int escaped() {
    char kind = at + 1 < json.length() ? json.charAt(at + 1) : 0;
    if (kind == 'u') {
      for (int i = at + 2; i < at + 6; i++) {
        if (i >= json.length() || Character.digit(json.charAt(i), 16) < 0 || json.charAt(i) > 'f') {
          throw bad("an escape is none");
        }
      }
      return at + 6;
    }
    if ("\"\\/bfnrt".indexOf(kind) < 0 || kind == 0) {
      throw bad("an escape is none");
    }
    return at + 2;
  }

  private String text(String what) {
    Base64Text range = range(what);
    StringBuilder text = new StringBuilder();
    for (int i = range.from(); i < range.to(); i++) {
      char c = json.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char kind = json.charAt(++i);
      switch (kind) {
        case 'u' -> {
          text.append((char) Integer.parseInt(json, i + 1, i + 5, 16));
          i += 4;
        }
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        default -> text.append(kind);
      }
    }
    String read = text.toString();
    if (!Utf16.isWellFormed(read)) {
      throw bad(what + " holds half of a surrogate pair");
    }
    return read;
  }

  private void expect(char sign, String otherwise) {
    if (!takes(sign)) {
      throw bad(otherwise);
    }
  }

  private boolean takes(char sign) {
    skipBlanks();
    boolean next = at < json.length() && json.charAt(at) == sign;
    at += next ? 1 : 0;
    return next;
  }

  private void skipBlanks() {
    while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
      at++;
    }
  }

  private TurntableException bad(String what) {
    return GivenFiles.bad(table, what);
  }
}
