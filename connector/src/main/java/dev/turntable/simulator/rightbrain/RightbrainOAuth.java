package dev.turntable.simulator.rightbrain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.turntable.simulator.server.Answer;
import dev.turntable.simulator.server.JsonBody;
import dev.turntable.simulator.server.ServiceRequest;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** {@code POST /oauth2/token} for client credentials, as Ory Hydra answers it. */
final class RightbrainOAuth {
  private final RightbrainAccess access;

  RightbrainOAuth(RightbrainAccess access) {
    this.access = access;
  }

  Answer handle(ServiceRequest request) {
    if (!request.method().equals("POST")) {
      return error(405, "request_forbidden", "The request method is not allowed.");
    }
    String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.startsWith("application/x-www-form-urlencoded")) {
      return error(400, "invalid_request", "The body must be a form.");
    }
    if (!knownClient(request)) {
      return error(
              401,
              "invalid_client",
              "Client authentication failed (e.g., unknown client, no client authentication"
                  + " included, or unsupported authentication method).")
          .withHeader("WWW-Authenticate", "Basic");
    }
    Map<String, String> form = form(request.body());
    String grant = form.getOrDefault("grant_type", "");
    if (grant.isEmpty()) {
      return error(400, "invalid_request", "The parameter 'grant_type' is missing.");
    }
    if (!grant.equals("client_credentials")) {
      return error(400, "unsupported_grant_type", "The grant type is not supported.");
    }
    return Answer.json(200, token(form.getOrDefault("scope", "")))
        .withHeader("Cache-Control", "no-store");
  }

  private byte[] token(String scope) {
    return JsonBody.bytes(
        out -> {
          out.beginObject();
          out.name("access_token").value(access.mint());
          out.name("expires_in").value(access.tokenLifetime().toSeconds());
          out.name("scope").value(scope);
          out.name("token_type").value("bearer");
          out.endObject();
        });
  }

  private boolean knownClient(ServiceRequest request) {
    String header = request.header("Authorization").orElse("");
    if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return false;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(6).strip());
      String[] pair = new String(decoded, UTF_8).split(":", 2);
      // RFC 6749 2.3.1, and Hydra: both parts are form-encoded before they are joined.
      return pair.length == 2 && access.isClient(decode(pair[0]), decode(pair[1]));
    } catch (IllegalArgumentException e) {
      // Neither Base64 nor form-encoded: nobody's credentials.
      return false;
    }
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  private static Answer error(int status, String code, String description) {
    return Answer.json(
        status,
        JsonBody.bytes(
            out -> {
              out.beginObject();
              out.name("error").value(code);
              out.name("error_description").value(description);
              out.endObject();
            }));
  }
}
