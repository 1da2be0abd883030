package dev.turntable.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text as somebody meant it who wrote some of its characters as a URL, JSON, or HTML writes them,
 * with the places from which its characters came.
 */
final class Decoded {
  private static final String SIGNS = "%\\&";
  private static final int LONGEST_ENTITY = 9;
  private static final String ESCAPED = "nrtbf";
  private static final String MEANT = "\n\r\t\b\f";

  private final String text;

  /** Where each character begins in the original; one more, for the end. */
  private final int[] starts;

  private Decoded(String text, int[] starts) {
    this.text = text;
    this.starts = starts;
  }

  static Decoded of(String text) {
    int[] starts = new int[text.length() + 1];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = i;
    }
    return new Decoded(text, starts);
  }

  /** Returns the characters meant. */
  String text() {
    return text;
  }

  /** Returns where a part of it is in the original, as its begin and end. */
  int[] place(int begin, int end) {
    return new int[] {starts[begin], starts[end]};
  }

  /** Returns what this text means in turn, in each way in which it means something else. */
  List<Decoded> further() {
    List<Decoded> all = new ArrayList<>();
    for (int i = 0; i < SIGNS.length(); i++) {
      char sign = SIGNS.charAt(i);
      Decoded meant = text.indexOf(sign) < 0 ? this : meant(sign);
      if (meant.text.length() < text.length()) {
        all.add(meant);
      }
    }
    return all;
  }

  private Decoded meant(char sign) {
    StringBuilder meant = new StringBuilder(text.length());
    int[] places = new int[text.length() + 1];
    int at = 0;
    while (at < text.length()) {
      places[meant.length()] = starts[at];
      int begin = meant.length();
      char c = text.charAt(at);
      int next =
          c != sign
              ? at
              : switch (c) {
                case '%' -> percent(at, meant);
                case '\\' -> backslash(at, meant);
                default -> ampersand(at, meant);
              };
      Arrays.fill(places, begin, meant.length(), starts[at]); // one escape may stand for a pair
      if (next == at) {
        meant.append(c);
        next++;
      }
      at = next;
    }
    places[meant.length()] = starts[at];
    return new Decoded(meant.toString(), Arrays.copyOf(places, meant.length() + 1));
  }

  /** Appends what an escape at a place means, and returns where it ends: there, if it is not an escape. */
  private int percent(int at, StringBuilder meant) {
    int value = hex(at + 1, 2);
    if (value < 0) {
      return at;
    }
    meant.append((char) value);
    return at + 3;
  }

  private int backslash(int at, StringBuilder meant) {
    if (at + 1 == text.length()) {
      return at;
    }
    char escaped = text.charAt(at + 1);
    if (escaped == 'u' && hex(at + 2, 4) >= 0) {
      meant.append((char) hex(at + 2, 4));
      return at + 6;
    }
    int known = ESCAPED.indexOf(escaped);
    meant.append(known < 0 ? escaped : MEANT.charAt(known));
    return at + 2;
  }

  private int ampersand(int at, StringBuilder meant) {
    int semicolon = text.indexOf(';', at);
    boolean near = semicolon > 0 && semicolon <= at + LONGEST_ENTITY;
    int entity = near ? entity(text.substring(at + 1, semicolon)) : -1;
    if (entity < 0) {
      return at;
    }
    meant.appendCodePoint(entity);
    return semicolon + 1;
  }

  private int hex(int begin, int length) {
    int value = 0;
    for (int i = begin; i < begin + length; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private static int entity(String name) {
    return switch (name) {
      case "amp" -> '&';
      case "lt" -> '<';
      case "gt" -> '>';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> number(name);
    };
  }

  private static int number(String name) {
    boolean hex = name.startsWith("#x") || name.startsWith("#X");
    if (!name.startsWith("#") || name.length() < 2) {
      return -1;
    }
    try {
      int value =
          hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
      return value > 0 && value <= Character.MAX_CODE_POINT ? value : -1;
    } catch (NumberFormatException e) {
      return -1; // an ampersand that stands for itself
    }
  }
}
