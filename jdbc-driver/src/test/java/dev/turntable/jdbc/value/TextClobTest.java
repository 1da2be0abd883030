package dev.turntable.jdbc.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextClobTest {
  @Test
  void aPartReplacesWhatStandsThereAndMayGoOnBeyondTheEnd() throws SQLException {
    TextClob clob = new TextClob("abc");
    assertThat(clob.setString(2, "xyz", 1, 1)).isEqualTo(1);
    assertThat(clob.getSubString(1, 9)).isEqualTo("ayc");
    assertThat(clob.setString(4, "de")).isEqualTo(2);
    assertThat(clob.setString(5, "fg")).isEqualTo(2);
    assertThat(clob.getSubString(1, 9)).isEqualTo("aycdfg");
    assertThat(clob.position("fg", 1)).isEqualTo(5);
    assertThat(clob.position("fg", 6)).isEqualTo(-1);
    clob.truncate(6);
    clob.truncate(0);
    assertThat(clob.length()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "5, 0, 1", "1, -1, 1", "1, 0, -1", "1, 0, 4", "1, 3, 1"})
  void whatLiesOutsideOfEitherTextIsRefused(long position, int offset, int length)
      throws SQLException {
    TextClob clob = new TextClob("abc");
    assertThatThrownBy(() -> clob.setString(position, "xyz", offset, length))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("outside the text");
    assertThat(clob.getSubString(1, 3)).isEqualTo("abc");
  }

  @Test
  void aNumberOfATruthIsOneOrNothing() throws SQLException {
    assertThat(Conversions.dbl(true)).isEqualTo(1);
    assertThat(Conversions.dbl(false)).isZero();
    assertThat(Conversions.dbl("1e3")).isEqualTo(1000);
  }
}
