package dev.turntable.eval.json;

/** A text is not a JSON path. */
public final class PathSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PathSyntaxException(String path, int position, String problem) {
    super("'" + path + "' is not a JSON path: " + problem + " at character " + (position + 1));
  }
}
