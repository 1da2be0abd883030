package dev.turntable.jdbc.cli.script;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where results go: to standard output, or to a file. */
public final class Output implements AutoCloseable {
  private final PrintStream standard;
  private final boolean standardIsTerminal;
  private @Nullable PrintStream file;

  Output(PrintStream standard, boolean standardIsTerminal) {
    this.standard = standard;
    this.standardIsTerminal = standardIsTerminal;
  }

  PrintStream stream() {
    return file == null ? standard : file;
  }

  boolean isTerminal() {
    return file == null && standardIsTerminal;
  }

  /** Sends results to a file from now on, which is emptied first. */
  public void to(String name) throws IOException {
    PrintStream opened = open(name);
    close();
    file = opened;
  }

  static PrintStream open(String name) throws IOException {
    try {
      return new PrintStream(
          new BufferedOutputStream(Files.newOutputStream(Path.of(name)), 1 << 16),
          false,
          StandardCharsets.UTF_8);
    } catch (InvalidPathException e) {
      throw new IOException(
          "cannot write "
              + name
              + ": this locale has no such file names; set LC_ALL=C.UTF-8, or write to standard"
              + " output",
          e);
    } catch (IOException e) {
      throw new IOException("cannot write " + name + ": " + e.getClass().getSimpleName(), e);
    }
  }

  /** Ends the file, so that results go to standard output again. */
  @Override
  public void close() throws IOException {
    PrintStream ended = file;
    file = null;
    if (ended != null) {
      ended.close();
      if (ended.checkError()) {
        throw new IOException("not all results could be written to the file");
      }
    }
  }
}
