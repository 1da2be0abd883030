package dev.turntable.jdbc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jspecify.annotations.Nullable;
import sqlline.SqlLine;
import sqlline.SqlLineParser;

/** SQLLine that takes {@link BackslashCommands}, too, which it would read on as unfinished SQL. */
final class TurntableShell extends SqlLine {
  @Override
  public LineReader getConsoleReader(@Nullable InputStream in, @Nullable History history)
      throws IOException {
    LineReader reader = super.getConsoleReader(in, history);
    if (reader instanceof LineReaderImpl impl) {
      impl.setParser(new LineParser(this));
    }
    return (LineReader)
        Proxy.newProxyInstance(
            LineReader.class.getClassLoader(),
            new Class<?>[] {LineReader.class},
            (proxy, method, arguments) -> {
              try {
                return translated(reader, method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause(); // how JLine tells the end of the input
              }
            });
  }

  private Object translated(LineReader reader, Method method, Object[] arguments)
      throws IllegalAccessException, InvocationTargetException {
    while (true) {
      Object result = method.invoke(reader, arguments);
      if (!method.getName().equals("readLine")
          || !(result instanceof String line)
          || !BackslashCommands.isOne(line)) {
        return result;
      }
      String command = BackslashCommands.translate(line);
      if (command != null) {
        return command;
      }
      error(line.strip() + " is no command; \\? shows those there are");
    }
  }

  /** Takes a command as whole, whatever quotes are in it; SQLLine insists on a parser of its own. */
  private static final class LineParser extends SqlLineParser {
    LineParser(SqlLine shell) {
      super(shell);
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
      return BackslashCommands.isOne(line)
          ? new DefaultParser().parse(line, cursor, ParseContext.UNSPECIFIED)
          : super.parse(line, cursor, context);
    }
  }
}
