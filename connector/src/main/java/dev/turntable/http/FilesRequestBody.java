package dev.turntable.http;

import com.squareup.moshi.JsonWriter;
import dev.turntable.http.GivenFiles.GivenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The body of a write that carries files: written as it is sent, from the text that the user bound, so
 * that it takes no memory of its own. Sent once.
 */
public abstract class FilesRequestBody extends RequestBody {
  private static final MediaType JSON = MediaType.get("application/json; charset=UTF-8");

  private FilesRequestBody() {}

  /**
   * A form, {@code multipart/form-data}.
   *
   * @param fields its fields in order; those that are null are left out
   * @param fileField the name of the part of each file
   */
  public static FilesRequestBody form(
      Map<String, ? extends @Nullable String> fields, String fileField, GivenFiles files) {
    MultipartBody.Builder builder = new MultipartBody.Builder().setType(MultipartBody.FORM);
    fields.forEach(
        (name, value) -> {
          if (value != null) {
            builder.addFormDataPart(name, value);
          }
        });
    for (GivenFile file : files.files()) {
      builder.addFormDataPart(fileField, file.filename(), part(file));
    }
    MultipartBody form = builder.build();
    return new FilesRequestBody() {
      @Override
      public MediaType contentType() {
        return form.contentType();
      }

      @Override
      public long contentLength() throws IOException {
        return form.contentLength();
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        form.writeTo(sink);
      }
    };
  }

  private static RequestBody part(GivenFile file) {
    return new RequestBody() {
      @Override
      public @Nullable MediaType contentType() {
        return MediaType.parse(file.mediaType());
      }

      @Override
      public long contentLength() {
        return file.size();
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        file.content().writeBytes(sink);
      }
    };
  }

  /**
   * A JSON object.
   *
   * @param members its members in order, each JSON text; those that are null are left out
   * @param filesMember the last member: an array of objects {@code filename} and {@code content}
   */
  public static FilesRequestBody json(
      Map<String, ? extends @Nullable String> members, String filesMember, GivenFiles files) {
    Buffer head = new Buffer();
    try (JsonWriter writer = JsonWriter.of(head)) {
      writer.beginObject();
      for (Map.Entry<String, ? extends @Nullable String> member : members.entrySet()) {
        String value = member.getValue();
        if (value != null) {
          writer.name(member.getKey());
          try (BufferedSink sink = writer.valueSink()) {
            sink.writeUtf8(value);
          }
        }
      }
      writer.name(filesMember).beginArray().endArray();
      writer.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing memory", e);
    }
    String text = head.readUtf8();
    String before = text.substring(0, text.length() - "]}".length());
    return new FilesRequestBody() {
      @Override
      public MediaType contentType() {
        return JSON;
      }

      @Override
      public long contentLength() throws IOException {
        Counter counter = new Counter();
        try (BufferedSink sink = okio.Okio.buffer(counter)) {
          write(sink, false);
        }
        long letters = files.files().stream().mapToLong(file -> (file.size() + 2) / 3 * 4).sum();
        return counter.count + letters;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        write(sink, true);
      }

      private void write(BufferedSink sink, boolean contents) throws IOException {
        sink.writeUtf8(before);
        String separator = "";
        for (GivenFile file : files.files()) {
          Buffer name = new Buffer();
          JsonWriter.of(name).value(file.filename()).flush();
          sink.writeUtf8(separator).writeUtf8("{\"filename\":");
          sink.write(name, name.size());
          sink.writeUtf8(",\"content\":\"");
          if (contents) {
            file.content().writeLetters(sink);
          }
          sink.writeUtf8("\"}");
          separator = ",";
        }
        sink.writeUtf8("]}");
      }
    };
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  /** Counts what is written. */
  private static final class Counter implements okio.Sink {
    private long count;

    @Override
    public void write(Buffer source, long byteCount) throws IOException {
      source.skip(byteCount);
      count += byteCount;
    }

    @Override
    public void flush() {}

    @Override
    public okio.Timeout timeout() {
      return okio.Timeout.NONE;
    }

    @Override
    public void close() {}
  }
}
