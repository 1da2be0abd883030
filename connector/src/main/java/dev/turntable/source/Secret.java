package dev.turntable.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One secret in all the forms in which it may come back: as it is, as a URL or JSON holds it, in base64
 * by itself or within a longer text, and begun but not ended, where a service cuts its messages.
 */
final class Secret {
  static final String MASK = "****";

  /** From here on upper and lower case make no difference. */
  private static final int LONG = 8;

  /** Of a secret twice as long at least, so much of its beginning is a part that must not be seen. */
  private static final int BEGINNING = 12;

  /** Shorter pieces of base64 are found in texts that hold no secret. */
  private static final int SHORTEST_CODE = 6;

  private static final int MOST_DECODINGS = 2;

  private final List<String> plain;
  private final List<String> codes;

  Secret(String text) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(text);
    forms.add(URLEncoder.encode(text, UTF_8));
    Set<String> shown = new LinkedHashSet<>(forms);
    shown.add(new String(text.getBytes(UTF_8), ISO_8859_1)); // byte by byte, as URLs hold it
    this.plain = List.copyOf(shown);
    Set<String> found = new LinkedHashSet<>();
    for (String form : forms) {
      codes(form, found);
    }
    this.codes = List.copyOf(found);
  }

  /**
   * Base64 takes three bytes at a time, so within a longer text there are three ways to write one,
   * less what the neighbours have a part in.
   */
  private static void codes(String text, Set<String> codes) {
    byte[] bytes = text.getBytes(UTF_8);
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      String code = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      int whole = shifted.length / 3 * 4;
      String inner = code.substring(before == 0 ? 0 : before + 1, whole);
      if (inner.length() >= SHORTEST_CODE) {
        codes.add(inner);
        codes.add(inner.replace('+', '-').replace('/', '_'));
      } else if (before == 0 && code.length() >= SHORTEST_CODE) {
        codes.add(code);
        codes.add(code.replace('+', '-').replace('/', '_'));
      }
    }
  }

  /** Returns a text without the secret. */
  String mask(String text) {
    List<int[]> places = new ArrayList<>();
    find(Decoded.of(text), MOST_DECODINGS, places);
    return places.isEmpty() ? text : without(text, places);
  }

  private void find(Decoded view, int decodings, List<int[]> places) {
    if (decodings > 0) {
      for (Decoded meant : view.further()) {
        find(meant, decodings - 1, places);
      }
    }
    String text = view.text();
    for (String form : plain) {
      boolean anyCase = form.length() >= LONG;
      int sure = form.length() >= 2 * BEGINNING ? BEGINNING : form.length();
      int from = 0;
      while ((from = indexOf(text, form, sure, anyCase, from)) >= 0) {
        int end = from + sure;
        while (end < text.length()
            && end - from < form.length()
            && text.regionMatches(anyCase, end, form, end - from, 1)) {
          end++;
        }
        places.add(view.place(from, end));
        from = end;
      }
    }
    for (String code : codes) {
      for (int at = text.indexOf(code); at >= 0; at = text.indexOf(code, at + code.length())) {
        int begin = at;
        int end = at + code.length();
        while (begin > 0 && isCode(text.charAt(begin - 1))) {
          begin--;
        }
        while (end < text.length() && isCode(text.charAt(end))) {
          end++;
        }
        places.add(view.place(begin, end));
      }
    }
  }

  private static int indexOf(String text, String form, int length, boolean anyCase, int from) {
    if (!anyCase) {
      return text.indexOf(form.substring(0, length), from);
    }
    char low = Character.toLowerCase(form.charAt(0));
    char high = Character.toUpperCase(form.charAt(0));
    for (int at = from; at <= text.length() - length; at++) {
      char c = text.charAt(at);
      if ((c == low || c == high) && text.regionMatches(true, at, form, 0, length)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean isCode(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "+/-_=".indexOf(c) >= 0;
  }

  private static String without(String text, List<int[]> places) {
    places.sort((one, other) -> Integer.compare(one[0], other[0]));
    StringBuilder result = new StringBuilder();
    int at = 0;
    for (int[] place : places) {
      if (place[0] >= at) {
        result.append(text, at, place[0]).append(MASK);
      }
      at = Math.max(at, place[1]);
    }
    return result.append(text, at, text.length()).toString();
  }
}
