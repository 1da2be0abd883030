package dev.turntable.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.turntable.config.ConnectionConfig.EffectiveProperty;
import dev.turntable.source.ConnectionScope;
import dev.turntable.source.PropertyDef;
import dev.turntable.source.SourceConfig;
import dev.turntable.source.TaskSource;
import dev.turntable.source.TaskSourceProvider;
import dev.turntable.source.TurntableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigResolverTest {
  private static final String SECRET = "sk_very_secret";

  private static final TaskSourceProvider ALPHA =
      new Provider(
          "alpha",
          PropertyDef.of("baseUrl", PropertyDef.Type.URL, "Where.")
              .withDefault("https://alpha.example")
              .fromEnvironment("ALPHA_URL"),
          PropertyDef.of("apiKey", PropertyDef.Type.STRING, "Key.")
              .asSecret()
              .fromEnvironment("ALPHA_KEY"),
          PropertyDef.of("taskIds", PropertyDef.Type.LIST_OR_FILE, "Ids.")
              .withEntries(Pattern.compile("[A-Za-z0-9_.~-]{1,255}")));

  private static final TaskSourceProvider BETA =
      new Provider(
          "beta",
          PropertyDef.of("baseUrl", PropertyDef.Type.URL, "Where.")
              .withDefault("https://beta.example/api"),
          PropertyDef.of("apiKey", PropertyDef.Type.STRING, "Key.").asSecret(),
          PropertyDef.of("clientId", PropertyDef.Type.STRING, "Id.").fromEnvironment("BETA_ID"),
          PropertyDef.of("clientSecret", PropertyDef.Type.STRING, "Secret.")
              .asSecret()
              .fromEnvironment("BETA_SECRET"),
          PropertyDef.of("tokenUrl", PropertyDef.Type.URL, "Tokens.")
              .withDefault("https://oauth.beta.example/token"),
          PropertyDef.of("orgId", PropertyDef.Type.STRING, "Organization."));

  /** A source that is never opened. */
  private record Provider(String name, List<PropertyDef> properties) implements TaskSourceProvider {
    Provider(String name, PropertyDef... properties) {
      this(name, List.of(properties));
    }

    @Override
    public TaskSource open(SourceConfig config, ConnectionScope connection) {
      throw new UnsupportedOperationException();
    }
  }

  /** What one connection is opened with. */
  private static final class Case {
    private List<TaskSourceProvider> sources = List.of(ALPHA);
    private final List<Setting> url = new ArrayList<>();
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> presets = new HashMap<>();

    Case beta() {
      sources = List.of(BETA);
      return this;
    }

    Case both() {
      sources = List.of(ALPHA, BETA);
      return this;
    }

    Case url(String name, String value) {
      url.add(new Setting(name, value));
      return this;
    }

    Case property(String name, String value) {
      properties.put(name, value);
      return this;
    }

    Case environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    Case preset(String name, String value) {
      presets.put(name, value);
      return this;
    }

    Resolution resolve() {
      return ConfigResolver.resolve(
          new ConfigRequest(sources, url, properties, environment, presets));
    }

    SourceConfig first() {
      return resolve().config().sources().get(0).config();
    }

    void isRefused(String state, String... parts) {
      assertThatThrownBy(this::resolve)
          .isInstanceOfSatisfying(
              TurntableException.class,
              e -> {
                assertThat(e.kind().sqlState()).as(e.getMessage()).isEqualTo(state);
                assertThat(e.getMessage()).contains(parts).doesNotContain(SECRET);
              });
    }
  }

  private static Case given() {
    return new Case();
  }

  @Test
  void defaultsAreFilledIn() {
    Resolution resolution = given().resolve();
    SourceConfig config = resolution.config().sources().get(0).config();
    assertThat(config.string("baseUrl")).isEqualTo("https://alpha.example");
    assertThat(config.find("apiKey")).isNull();
    assertThat(config.seconds("requestTimeout")).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.seconds("runTimeout")).isEqualTo(Duration.ofSeconds(600));
    assertThat(config.number("maxRetries")).isEqualTo(4);
    assertThat(resolution.config().limits())
        .isEqualTo(dev.turntable.source.ConnectionLimits.DEFAULT);
    assertThat(resolution.warnings()).isEmpty();
  }

  @Test
  void urlBeatsPropertiesBeatEnvironment() {
    Case all = given().environment("ALPHA_KEY", "e");
    assertThat(all.first().find("apiKey")).isEqualTo("e");
    assertThat(all.property("APIKEY", "p").first().find("apiKey")).isEqualTo("p");
    assertThat(all.url("alpha.ApiKey", "u").first().find("apiKey")).isEqualTo("u");
  }

  /** Zero means no limit; what is shorter than a millisecond must not become that. */
  @ParameterizedTest
  @ValueSource(strings = {"requestTimeout", "runTimeout", "connectTimeout", "maxAge"})
  void aShortTimeIsRoundedUp(String name) {
    for (String text : List.of("0.0004", "0.000000001", "0.001")) {
      assertThat(given().url(name, text).first().seconds(name)).isEqualTo(Duration.ofMillis(1));
    }
    assertThat(given().url(name, "0").first().seconds(name)).isZero();
    assertThat(given().url(name, "0.0010001").first().seconds(name))
        .isEqualTo(Duration.ofMillis(2));
  }

  @Test
  void originsAndSecretsAreShownAsSuch() {
    List<EffectiveProperty> shown =
        given()
            .url("apiKey", SECRET)
            .property("maxRequests", "5")
            .environment("ALPHA_URL", "https://other.example/")
            .resolve()
            .config()
            .effective();
    assertThat(shown)
        .extracting(EffectiveProperty::name, EffectiveProperty::value, EffectiveProperty::origin)
        .contains(
            org.assertj.core.groups.Tuple.tuple("alpha.apiKey", "****", "url"),
            org.assertj.core.groups.Tuple.tuple("maxRequests", "5", "properties"),
            org.assertj.core.groups.Tuple.tuple(
                "alpha.baseUrl", "https://other.example", "environment"),
            org.assertj.core.groups.Tuple.tuple("trustStorePassword", "", "default"));
    assertThat(shown.toString()).doesNotContain(SECRET);
  }

  @Test
  void unknownNamesInTheUrlListTheKnownOnes() {
    given().url("maxRequest", "5").isRefused("22023", "\"maxRequest\"", "maxRequests", "apiKey");
    given().url("alpha.apyKey", "5").isRefused("22023", "\"alpha.apyKey\"");
    given().url("beta.orgId", "5").isRefused("22023", "not shown", "alpha.apiKey".substring(6));
    given().url(SECRET + " ", "x").isRefused("22023", "not a name");
    given().url(SECRET, "x").isRefused("22023", "could be a key");
    given().url("alpha." + SECRET, "x").isRefused("22023", "could be a key");
    assertThat(given().property(SECRET, "x").resolve().warnings())
        .singleElement()
        .asString()
        .contains("could be a key")
        .doesNotContain(SECRET);
  }

  @Test
  void unknownNamesInPropertiesAreWarningsUnlessTheyCarryAPrefix() {
    assertThat(given().property("ApplicationName", "x").resolve().warnings())
        .singleElement()
        .asString()
        .contains("ApplicationName", "ignored");
    given().property("alpha.kye", "x").isRefused("22023", "alpha.kye");
    assertThat(given().property("handinger.apiKey", SECRET).resolve().warnings()).hasSize(1);
    given().property("Handinger.apiKye", "x").isRefused("22023", "Handinger.apiKye");
  }

  /** Whoever is on the way would read what the file holds. */
  @Test
  void aFileOfIdsGoesNowhereInTheClear(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("ids"), "tsk_1");
    for (String url :
        List.of("http://alpha.example", "HTTP://alpha.example:80", "http://x.example")) {
      given()
          .url("baseUrl", url)
          .url("allowHttp", "true")
          .url("taskIds", "@" + file)
          .isRefused("22023", "taskIds", "https://");
    }
    for (String url : List.of("https://alpha.example", "http://127.0.0.1:1")) {
      assertThat(given().url("baseUrl", url).url("taskIds", "@" + file).first().list("taskIds"))
          .containsExactly("tsk_1");
    }
  }

  /** Some letters beside ASCII are equal to one of it where case makes no difference. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ap\u0131Key",
        "ta\u017fkIds",
        "alpha.ap\u0131Key",
        "api\u212aey",
        "pa\u017fsword"
      })
  void namesAreAscii(String name) {
    given().url(name, "x").isRefused("22023", "unknown property");
    given().property(name, "x").isRefused("22023", "unknown property");
  }

  @Test
  void aPropertyIsGivenOnce() {
    given().url("apiKey", SECRET).url("alpha.APIKEY", SECRET).isRefused("22023", "twice");
    given().url("password", SECRET).url("password", "b").isRefused("22023", "twice");
    given().url("password", SECRET).url("apiKey", "b").isRefused("22023", "password", "apiKey");
    given().property("apiKey", SECRET).property("apikey", "b").isRefused("22023", "twice");
  }

  /** Tools write the same twice; what they write is one property then. */
  @Test
  void thatPropertiesSayTheSameTwiceIsFine() {
    assertThat(given().property("apiKey", "k").property("apikey", "k").first().find("apiKey"))
        .isEqualTo("k");
  }

  /** Who logs in by JDBC has a user, of whom no service asks. */
  @Test
  void aUserIsNoProperty() {
    assertThat(given().url("USER", "u").url("password", "p").first().find("apiKey")).isEqualTo("p");
    assertThat(given().url("user", "u").resolve().warnings()).isEmpty();
  }

  @Test
  void textsMayBeEmptyInAUrl() {
    Case empty = given().url("apiKey", " ").url("taskIds", "").url("password", "");
    empty.environment("ALPHA_KEY", "e");
    assertThat(empty.first().find("apiKey")).isEqualTo("e");
    assertThat(empty.first().list("taskIds")).isEmpty();
    given().beta().url("tokenUrl", "").isRefused("22023", "tokenUrl");
    given().url("allowHttp", "").isRefused("22023", "allowHttp");
    given().url("connectTimeout", " ").isRefused("22023", "connectTimeout");
    given().url("requestsPerSecond", "").isRefused("22023", "requestsPerSecond");
  }

  @Test
  void aSourceWithoutAKeyTakesNoPassword() {
    Case open = given();
    open.sources = List.of(new Provider("open"));
    assertThat(open.url("password", SECRET).resolve().warnings())
        .containsExactly("source open has no key; the password was ignored");
  }

  /** Where no property is called apiKey, the password is the one that is secret. */
  @Test
  void thePasswordIsTheOnlySecret() {
    Case own = given();
    own.sources =
        List.of(
            new Provider(
                "own",
                PropertyDef.of("name", PropertyDef.Type.STRING, "Name."),
                PropertyDef.of("token", PropertyDef.Type.STRING, "Token.").asSecret()));
    assertThat(own.property("password", "p").first().find("token")).isEqualTo("p");
    assertThat(own.first().find("name")).isNull();
  }

  @Test
  void aPropertyMayBeOneOfSeveralWords() {
    PropertyDef mode =
        new PropertyDef(
            "mode",
            PropertyDef.Type.STRING,
            "slow",
            false,
            null,
            List.of("slow", "fast"),
            null,
            "How.");
    Case moded = given();
    moded.sources = List.of(new Provider("moded", mode));
    assertThat(moded.first().find("mode")).isEqualTo("slow");
    assertThat(moded.property("mode", "FAST").first().find("mode")).isEqualTo("fast");
    moded.url("mode", "sk_very_secret").isRefused("22023", "mode has to be one of slow, fast");
  }

  @Test
  void messagesNamePropertiesAsTheUrlWouldWriteThem() {
    assertThatThrownBy(given().url("apyKey", "x")::resolve)
        .hasMessageContaining("known are baseUrl, apiKey, taskIds, readOnly,");
    assertThatThrownBy(given().both().url("apyKey", "x")::resolve)
        .hasMessageContaining(
            "known are alpha.baseUrl, alpha.apiKey, alpha.taskIds, beta.baseUrl,");
  }

  @Test
  void thePasswordIsTheKey() {
    assertThat(given().property("password", "p").first().find("apiKey")).isEqualTo("p");
    assertThat(given().property("password", "").first().find("apiKey")).isNull();
    assertThat(
            given().property("password", "p").environment("ALPHA_KEY", "e").first().find("apiKey"))
        .isEqualTo("p");
    assertThat(given().property("user", "u").property("password", "p").resolve().warnings())
        .isEmpty();
    Case explicit = given().property("password", "p").url("apiKey", "u");
    assertThat(explicit.first().find("apiKey")).isEqualTo("u");
  }

  @Test
  void withAClientIdThePasswordIsTheClientSecret() {
    SourceConfig byUrl = given().beta().url("clientId", "i").property("password", "p").first();
    assertThat(byUrl.find("clientSecret")).isEqualTo("p");
    assertThat(byUrl.find("apiKey")).isNull();
    Case byEnvironment = given().beta().environment("BETA_ID", "i").property("password", "p");
    assertThat(byEnvironment.first().find("clientSecret")).isEqualTo("p");
    byEnvironment.environment("BETA_SECRET", "s");
    assertThat(byEnvironment.first().find("apiKey")).isEqualTo("p");
    assertThat(byEnvironment.first().find("clientSecret")).isNull();
  }

  @Test
  void withSeveralSourcesASecretNeedsItsPrefix() {
    given().both().url("apiKey", SECRET).isRefused("28000", "alpha.apiKey", "beta.apiKey");
    given().both().property("apiKey", SECRET).isRefused("28000", "alpha.apiKey");
    given().both().url("clientSecret", SECRET).isRefused("28000", "beta.clientSecret");
    given().both().property("password", SECRET).isRefused("28000", "alpha.apiKey");
    given().both().url("baseUrl", "https://x.example").isRefused("22023", "beta.baseUrl");
    Resolution fine =
        given().both().url("alpha.apiKey", "a").url("BETA.apikey", "b").url("orgId", "o").resolve();
    assertThat(fine.config().sources().get(0).config().find("apiKey")).isEqualTo("a");
    assertThat(fine.config().sources().get(1).config().find("apiKey")).isEqualTo("b");
    assertThat(fine.config().sources().get(1).config().find("orgId")).isEqualTo("o");
    assertThat(fine.config().sources().get(0).config().find("orgId")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "baseUrl,https://evil.example",
    "baseUrl,http://127.0.0.1:8080",
    "proxy,evil.example:3128",
    "trustStore,/tmp/evil.jks",
    "allowHttp,true"
  })
  void aKeyOfTheEnvironmentDoesNotLeaveBySideDoors(String door, String value) {
    given().url(door, value).environment("ALPHA_KEY", SECRET).isRefused("28000", "ALPHA_KEY", door);
    given().property(door, value).environment("ALPHA_KEY", SECRET).isRefused("28000", door);
    assertThat(given().url(door, value).url("apiKey", "k").environment("ALPHA_KEY", SECRET).first())
        .extracting(config -> config.find("apiKey"))
        .isEqualTo("k");
  }

  @Test
  void theTokenUrlIsASideDoorToo() {
    given()
        .beta()
        .url("tokenUrl", "https://evil.example")
        .environment("BETA_ID", "i")
        .environment("BETA_SECRET", SECRET)
        .isRefused("28000", "BETA_SECRET", "tokenUrl");
  }

  @Test
  void sideDoorsThatSayTheDefaultAreClosed() {
    assertThat(
            given()
                .url("baseUrl", "https://alpha.example/")
                .url("allowHttp", "FALSE")
                .environment("ALPHA_KEY", "e")
                .first()
                .find("apiKey"))
        .isEqualTo("e");
    assertThat(
            given()
                .environment("ALPHA_URL", "http://localhost:1")
                .environment("ALPHA_KEY", "e")
                .first()
                .find("apiKey"))
        .isEqualTo("e");
  }

  @ParameterizedTest
  @CsvSource({
    "maxRequests,-1",
    "maxRequests,1.5",
    "maxRequests,''",
    "maxRequests,9999999999999999999",
    "maxConcurrentRequests,0",
    "maxConcurrentWrites,1001",
    "requestsPerSecond,fast",
    "requestsPerSecond,1e3",
    "maxRetries,101",
    "connectTimeout,-1",
    "requestTimeout,9999999999",
    "readOnly,yes",
    "allowHttp,1",
    "baseUrl,alpha.example",
    "baseUrl,ftp://alpha.example",
    "baseUrl,file:///etc/passwd",
    "baseUrl,https://user:sk_very_secret@alpha.example",
    "baseUrl,https://alpha.example/?key=sk_very_secret",
    "baseUrl,https://alpha.example/#sk_very_secret",
    "baseUrl,https:///path",
    "baseUrl,https://a b",
    "baseUrl,http://alpha.example",
    "baseUrl,http://127.0.0.1.evil.example",
    "baseUrl,http://localhost.evil.example",
    "taskIds,'a,b c'",
    "taskIds,../x"
  })
  void textsOutsideTheirTypeAreRefused(String name, String value) {
    given().url("apiKey", SECRET).url(name, value).isRefused("22023", name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://x.example/a/",
        "http://127.0.0.1:8080",
        "http://localhost",
        "http://[::1]:9",
        "http://[0:0:0:0:0:0:0:1]:9",
        "HTTPS://X.example"
      })
  void urlsOfTheServiceAndOfThisMachineAreFine(String url) {
    assertThat(given().url("baseUrl", url).first().string("baseUrl"))
        .isEqualTo(url.replaceAll("/$", ""));
  }

  /** Else anybody on the way reads the key. */
  @Test
  void plainHttpElsewhereHasToBeAllowed() {
    for (String url : List.of("http://alpha.example", "HTTP://127.0.0.1.example", "http://[::2]")) {
      String[] says = {"baseUrl", "loopback", "https://", "allowHttp=true"};
      given().url("baseUrl", url).url("apiKey", SECRET).isRefused("22023", says);
      given()
          .url("baseUrl", url)
          .url("allowHttp", "false")
          .url("apiKey", SECRET)
          .isRefused("22023", says);
      given().property("baseUrl", url).url("apiKey", SECRET).isRefused("22023", says);
      given().environment("ALPHA_URL", url).url("apiKey", SECRET).isRefused("22023", says);
      assertThat(
              given()
                  .url("baseUrl", url)
                  .url("allowHttp", "true")
                  .url("apiKey", "k")
                  .first()
                  .flag("allowHttp"))
          .isTrue();
    }
  }

  /** What is for this machine leaves it through a proxy elsewhere. */
  @Test
  void plainHttpToThisMachineGoesThroughNoProxyElsewhere() {
    String url = "http://127.0.0.1:8080";
    for (String proxy : List.of("proxy.example:3128", "http://proxy.example:3128", "10.0.0.1:80")) {
      Case elsewhere = given().url("baseUrl", url).url("apiKey", SECRET).url("proxy", proxy);
      elsewhere.isRefused("22023", "not through a proxy elsewhere");
      assertThat(elsewhere.url("allowHttp", "true").first().string("baseUrl")).isEqualTo(url);
    }
    Case here = given().url("baseUrl", url).url("apiKey", "k").url("proxy", "localhost:3128");
    assertThat(here.first().string("baseUrl")).isEqualTo(url);
    Case https = given().url("baseUrl", "https://x.example").url("proxy", "proxy.example:3128");
    assertThat(https.first().string("baseUrl")).isEqualTo("https://x.example");
  }

  @Test
  void numbersAndListsAreNormalised() {
    SourceConfig config =
        given()
            .url("taskIds", " a , b,,c ")
            .url("connectTimeout", "2.5")
            .url("readOnly", "TRUE")
            .first();
    assertThat(config.list("taskIds")).containsExactly("a", "b", "c");
    assertThat(config.seconds("connectTimeout")).isEqualTo(Duration.ofMillis(2500));
    assertThat(config.flag("readOnly")).isTrue();
  }

  @Test
  void aFileOfIdsIsReadLineByLine(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("ids"), "\uFEFFa\r\n\n  b \nc");
    Case given = given().url("taskIds", "@" + file);
    assertThat(given.first().list("taskIds")).containsExactly("a", "b", "c");
    assertThat(given.resolve().config().effective())
        .extracting(EffectiveProperty::value)
        .contains("@" + file);
  }

  @Test
  void aFileThatIsNoListOfIdsIsNotReadAloud(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("ids"), "a\nroot:" + SECRET + "\n");
    given().url("taskIds", "@" + file).isRefused("22023", "taskIds", "line 2");
    Path comma = Files.writeString(folder.resolve("comma"), "a,b");
    given().url("taskIds", "@" + comma).isRefused("22023", "line 1");
    given().url("taskIds", "@" + folder).isRefused("22023", "regular file");
    given().url("taskIds", "@/dev/zero").isRefused("22023", "regular file");
    given().url("taskIds", "@\0").isRefused("22023", "taskIds");
    given().url("taskIds", "@" + folder.resolve("none")).isRefused("22023", "taskIds");
    Path big = Files.write(folder.resolve("big"), new byte[(16 << 20) + 1]);
    given().url("taskIds", "@" + big).isRefused("22023", "16 MiB");
  }

  @Test
  void linesOfAFileGoToTheServiceOrToThisMachineOnly(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("ids"), "a");
    Case elsewhere =
        given()
            .url("taskIds", "@" + file)
            .url("baseUrl", "https://evil.example")
            .url("apiKey", "k");
    elsewhere.isRefused("22023", "taskIds", "baseUrl");
    for (String host : List.of("https://ALPHA.example/v2", "http://127.0.0.1:1")) {
      assertThat(
              given()
                  .url("taskIds", "@" + file)
                  .url("baseUrl", host)
                  .url("apiKey", "k")
                  .first()
                  .list("taskIds"))
          .containsExactly("a");
    }
  }

  @Test
  void theDemoKeepsItsOwnKeysAndAddresses() {
    Case demo =
        given()
            .preset("alpha.baseUrl", "http://127.0.0.1:1")
            .preset("alpha.apiKey", "demo")
            .preset("alpha.taskIds", "a");
    assertThat(demo.first().string("apiKey")).isEqualTo("demo");
    assertThat(demo.property("password", SECRET).resolve().warnings())
        .singleElement()
        .asString()
        .contains("demo");
    assertThat(demo.url("taskIds", "b").first().list("taskIds")).containsExactly("b");
    demo.url("apiKey", SECRET).isRefused("22023", "demo", "apiKey");
  }

  @Test
  void everyCommonPropertyIsDescribed() {
    assertThat(CommonProperty.defs())
        .allSatisfy(
            def -> {
              assertThat(def.description()).endsWith(".");
              assertThat(def.name()).matches("[a-z][A-Za-z]+");
            })
        .extracting(PropertyDef::name)
        .doesNotHaveDuplicates();
  }
}
