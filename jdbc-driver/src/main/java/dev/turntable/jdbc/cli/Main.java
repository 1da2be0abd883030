package dev.turntable.jdbc.cli;

import dev.turntable.jdbc.cli.script.Console;
import dev.turntable.jdbc.cli.script.Screen;
import dev.turntable.jdbc.cli.script.Utf8;
import dev.turntable.plan.start.StartUp;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Where {@code java -jar} begins. */
public final class Main {
  /** Set by the launcher where this process is to leave an archive of the classes it has loaded. */
  private static final String ARCHIVING = "turntable.archiving";

  private Main() {}

  /**
   * Runs the command line; the exit status is 0, 1 when a statement failed, 2 for wrong arguments.
   *
   * @param arguments as {@code --help} describes them
   */
  @SuppressWarnings("SystemExitOutsideMain")
  public static void main(String[] arguments) {
    // Without it no class of the driver can be loaded.
    if (ModuleLayer.boot().findModule("java.sql").isEmpty()) {
      System.err.println(
          "error: this Java runtime has no module java.sql: start it with --add-modules java.sql,"
              + " or add that to the image that jlink makes");
      System.exit(CommandLine.FAILED);
    }
    StartUp.begin();
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    int status = run(arguments, out, err);
    out.flush();
    err.flush();
    if (Boolean.getBoolean(ARCHIVING)) {
      StartUp.awaitPlanner();
    }
    if (status != CommandLine.OK) {
      System.exit(status);
    }
  }

  private static int run(String[] arguments, PrintStream out, PrintStream err) {
    try {
      return new CommandLine(new Console(System.getenv(), System.in, out, err, Screen.current()))
          .run(Utf8.arguments(arguments));
    } catch (Utf8.UndecodableException e) {
      err.println("error: " + e.getMessage());
      return CommandLine.FAILED;
    }
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(
        new java.io.BufferedOutputStream(new FileOutputStream(descriptor), 1 << 16),
        descriptor == FileDescriptor.err,
        StandardCharsets.UTF_8);
  }
}
