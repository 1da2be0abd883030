package dev.turntable.jdbc.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOError;
import java.io.IOException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;

/** Ctrl-C ends the program that JLine asks, too. */
final class TerminalSizeTest {
  private int asked;
  private boolean interrupted;
  private Size actual = new Size(80, 24);

  private Terminal terminal() throws IOException {
    return new DumbTerminal(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream()) {
      @Override
      public Size getSize() {
        asked++;
        if (interrupted) {
          throw new IOError(new IOException("Cannot run program \"stty\""));
        }
        return actual;
      }
    };
  }

  @Test
  void theSizeIsAskedForWhenItMayHaveChanged() throws IOException {
    Terminal terminal = terminal();
    TerminalSize size = new TerminalSize(terminal);
    assertThat(size.current()).isEqualTo(new Size(80, 24));
    assertThat(size.current()).isEqualTo(new Size(80, 24));
    assertThat(asked).isEqualTo(1);
    actual = new Size(100, 40);
    terminal.raise(Terminal.Signal.WINCH);
    assertThat(size.current()).isEqualTo(new Size(100, 40));
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void withoutAnAnswerItIsWhatItWas() throws IOException {
    TerminalSize size = new TerminalSize(terminal());
    interrupted = true;
    assertThat(size.current()).isEqualTo(new Size(0, 0));
    interrupted = false;
    assertThat(size.current()).isEqualTo(new Size(80, 24));
    size.mayHaveChanged();
    interrupted = true;
    assertThat(size.current()).isEqualTo(new Size(80, 24));
    interrupted = false;
    actual = new Size(100, 40);
    assertThat(size.current()).isEqualTo(new Size(100, 40));
  }
}
