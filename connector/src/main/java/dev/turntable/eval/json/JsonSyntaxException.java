package dev.turntable.eval.json;

/** A text is not JSON. */
public final class JsonSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JsonSyntaxException(String problem, int position) {
    super("not JSON: " + problem + " at character " + (position + 1));
  }
}
