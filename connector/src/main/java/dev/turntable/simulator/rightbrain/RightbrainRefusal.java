package dev.turntable.simulator.rightbrain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turntable.simulator.server.Answer;
import dev.turntable.simulator.server.JsonBody;
import dev.turntable.simulator.server.JsonOut;
import java.util.List;
import java.util.function.Consumer;

/** Rightbrain says no, in one of its shapes: the gateway's, the application's or FastAPI's. */
final class RightbrainRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String body;

  private RightbrainRefusal(int status, Consumer<JsonOut> body) {
    super("status " + status, null, false, false);
    this.status = status;
    this.body = new String(JsonBody.bytes(body), UTF_8);
  }

  Answer answer() {
    return Answer.json(status, body);
  }

  /** 401 of the gateway, which never reaches the application. */
  static RightbrainRefusal unauthorized() {
    return new RightbrainRefusal(
        401,
        out -> {
          out.beginObject().name("error").beginObject();
          out.name("code").value(401);
          out.name("status").value("Unauthorized");
          out.name("request").value("7d1e0c52-2f0b-9b3a-a7d0-6c1f6d1c3f10");
          out.name("message").value("Access credentials are invalid");
          out.endObject().endObject();
        });
  }

  /** A path segment that should be a UUID and is not. */
  static RightbrainRefusal malformed(String field, String value) {
    return application(
        400,
        "MALFORMED_RESOURCE_IDENTIFIER",
        "The " + field + " is not a valid UUID",
        "malformedResourceIdentifierError",
        out -> {
          out.name("field").value(field);
          out.name("value").value(value);
          out.name("expected_format").value("uuid");
        });
  }

  static RightbrainRefusal forbidden(String permission) {
    return application(
        403,
        "PERMISSION_CHECK_FAILED",
        "You do not have the permission " + permission,
        "permissionCheckFailedError",
        out -> {
          out.name("permission").value(permission);
          out.name("subject").nullValue();
          out.name("resource").nullValue();
        });
  }

  static RightbrainRefusal notFound(String what, String id) {
    return application(
        404,
        "RESOURCE_NOT_FOUND",
        what + " not found",
        "resourceNotFoundError",
        out -> out.name("id").value(id));
  }

  static RightbrainRefusal bad(String reason, String message) {
    return application(400, reason, message, "badRequestError", out -> {});
  }

  /** FastAPI's own words, as for a path ({@code Not Found}) or a method that it does not have. */
  static RightbrainRefusal plain(int status, String detail) {
    return new RightbrainRefusal(
        status, out -> out.beginObject().name("detail").value(detail).endObject());
  }

  static RightbrainRefusal invalid(List<RightbrainProblem> problems) {
    return new RightbrainRefusal(
        422,
        out -> {
          out.beginObject().name("detail").beginArray();
          problems.forEach(problem -> problem.write(out));
          out.endArray().endObject();
        });
  }

  private static RightbrainRefusal application(
      int status, String reason, String message, String member, Consumer<JsonOut> details) {
    return new RightbrainRefusal(
        status,
        out -> {
          out.beginObject().name("detail").beginObject();
          out.name("message").value(message);
          out.name("reason").value(reason);
          details.accept(out.name(member).beginObject());
          out.endObject().endObject().endObject();
        });
  }

  static RightbrainRefusal unknownPath() {
    return plain(404, "Not Found");
  }
}
