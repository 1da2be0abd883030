package dev.turntable.store.read;

import dev.turntable.source.ErrorKind;
import dev.turntable.store.file.Micros;
import dev.turntable.store.file.StoreErrors;
import dev.turntable.store.file.StorePaths;
import dev.turntable.store.table.StoredRow;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were read and are not yet wanted, in a file of their own that only its owner may read and that
 * is gone when it is closed, or the process ends. Written to its end, then read; by one thread at a time.
 */
final class RowSpool implements AutoCloseable {
  /** What one slow reader may leave on the disk. */
  private static final long MOST_BYTES = 4L << 30;

  private static final int NULL = 0;
  private static final int TEXT = 1;
  private static final int DECIMAL = 2;
  private static final int FALSE = 3;
  private static final int TRUE = 4;
  private static final int INTEGER = 5;
  private static final int LONG = 6;
  private static final int DOUBLE = 7;
  private static final int TIME = 8;

  private final StorePaths paths;
  private final FileChannel file;
  private @Nullable DataOutputStream out;
  private @Nullable DataInputStream in;
  private long bytes;

  RowSpool(StorePaths paths) throws IOException {
    this.paths = paths;
    this.file = paths.openSpool();
  }

  void write(StoredRow row) throws IOException {
    DataOutputStream to = out;
    if (to == null) {
      to = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file)));
      out = to;
    }
    for (Object value : row.values()) {
      write(value, to);
    }
    if (bytes > MOST_BYTES) {
      throw StoreErrors.of(
          ErrorKind.TOO_LARGE,
          "more than "
              + (MOST_BYTES >> 30)
              + " GiB of a result out of the store "
              + paths.directory()
              + " wait to be read; read it faster, or select fewer rows or columns");
    }
  }

  private void write(@Nullable Object value, DataOutputStream to) throws IOException {
    bytes += 1 + Long.BYTES;
    if (value == null) {
      to.writeByte(NULL);
    } else if (value instanceof String text) {
      to.writeByte(TEXT);
      writeText(text, to);
    } else if (value instanceof BigDecimal number) {
      to.writeByte(DECIMAL);
      writeText(number.toString(), to);
    } else if (value instanceof Boolean flag) {
      to.writeByte(flag ? TRUE : FALSE);
    } else if (value instanceof Integer number) {
      to.writeByte(INTEGER);
      to.writeInt(number);
    } else if (value instanceof Long number) {
      to.writeByte(LONG);
      to.writeLong(number);
    } else if (value instanceof Double number) {
      to.writeByte(DOUBLE);
      to.writeDouble(number);
    } else if (value instanceof Instant time) {
      to.writeByte(TIME);
      to.writeLong(Micros.of(time));
    } else {
      throw new IllegalArgumentException("a value of " + value.getClass());
    }
  }

  private void writeText(String text, DataOutputStream to) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    to.writeInt(content.length);
    to.write(content);
    bytes += content.length;
  }

  /** Returns further rows, in the order in which they were written. */
  List<StoredRow> read(int rows, int columns) throws IOException {
    DataInputStream from = in;
    if (from == null) {
      if (out != null) {
        out.flush();
      }
      file.position(0);
      from = new DataInputStream(new BufferedInputStream(Channels.newInputStream(file)));
      in = from;
    }
    List<StoredRow> read = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      @Nullable Object[] values = new Object[columns];
      for (int column = 0; column < columns; column++) {
        values[column] = read(from);
      }
      read.add(new StoredRow(Arrays.asList(values)));
    }
    return read;
  }

  private static @Nullable Object read(DataInputStream from) throws IOException {
    int kind = from.readByte();
    return switch (kind) {
      case NULL -> null;
      case TEXT -> readText(from);
      case DECIMAL -> new BigDecimal(readText(from));
      case FALSE -> false;
      case TRUE -> true;
      case INTEGER -> from.readInt();
      case LONG -> from.readLong();
      case DOUBLE -> from.readDouble();
      case TIME -> Micros.time(from.readLong());
      default -> throw new IOException("a value of kind " + kind);
    };
  }

  private static String readText(DataInputStream from) throws IOException {
    byte[] content = new byte[from.readInt()];
    from.readFully(content);
    return new String(content, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // Nobody reads it any more, and it has no name.
    }
  }
}
