package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.terminal.GivenOrigin;
import dev.crosswalk.cors.cli.terminal.Usage;
import dev.crosswalk.cors.tck.browser.Methods;
import dev.crosswalk.cors.tck.rules.Profile;
import dev.crosswalk.cors.tck.url.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.PropertiesDefaultProvider;

/** Options that say what a server is meant to allow and to refuse. A file may hold them, too. */
final class ExpectedProfile {

  private static final String COMMA = "\\s*,\\s*";

  @Option(
      names = "--allowed-origin",
      split = COMMA,
      splitSynopsisLabel = ",",
      paramLabel = "ORIGIN",
      description = {
        "An origin that the server allows. Two are better than one.",
        "A pattern is declared as https://*.example.com or http://localhost:*, and everyone as *."
      })
  private List<String> allowedOrigins = new ArrayList<>();

  @Option(
      names = "--refused-origin",
      split = COMMA,
      splitSynopsisLabel = ",",
      paramLabel = "ORIGIN",
      description = "An origin that it does not allow. None if everybody may read.")
  private List<String> refusedOrigins = new ArrayList<>();

  @Option(
      names = "--credentials",
      negatable = true,
      fallbackValue = "true",
      description = "Whether the allowed origins may include credentials.")
  private @Nullable Boolean credentials;

  @Option(
      names = "--method",
      split = COMMA,
      splitSynopsisLabel = ",",
      paramLabel = "METHOD",
      description = "A method that it allows, beyond GET, HEAD and POST. It is never sent.")
  private List<String> methods = new ArrayList<>();

  @Option(
      names = "--refused-method",
      split = COMMA,
      splitSynopsisLabel = ",",
      paramLabel = "METHOD",
      description = "A method that it does not allow. It is never sent.")
  private List<String> refusedMethods = new ArrayList<>();

  @Option(
      names = "--header",
      split = COMMA,
      splitSynopsisLabel = ",",
      paramLabel = "NAME",
      description = "A request header that it allows, such as Authorization.")
  private List<String> headers = new ArrayList<>();

  @Option(
      names = "--refused-header",
      split = COMMA,
      splitSynopsisLabel = ",",
      paramLabel = "NAME",
      description = "A request header that it does not allow.")
  private List<String> refusedHeaders = new ArrayList<>();

  @Option(
      names = "--exposed-header",
      split = COMMA,
      splitSynopsisLabel = ",",
      paramLabel = "NAME",
      description = "A response header that scripts may read.")
  private List<String> exposedHeaders = new ArrayList<>();

  @Option(
      names = "--max-age",
      paramLabel = "SECONDS",
      description = "For how long browsers may keep the answer to a preflight.")
  private @Nullable Long maxAge;

  /**
   * Reads a file of properties whose keys are the names of the options above.
   *
   * @throws CommandLine.ParameterException if it cannot be read, or has a key that is none of them
   */
  static IDefaultValueProvider read(Path file, CommandLine command) {
    Usage.requireFile(command, "--expected-profile " + file, file);
    Properties properties = new Properties();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw Usage.unreadable(command, "--expected-profile " + file, e);
    }
    Set<String> keys = keys();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      if (!keys.contains(key)) {
        throw Usage.mistake(
            command,
            "--expected-profile "
                + file
                + " has the key \""
                + key
                + "\", which is not known. The keys are "
                + String.join(", ", keys)
                + ".");
      }
    }
    return new PropertiesDefaultProvider(properties);
  }

  /** What the options say, as they are written on the command line. */
  List<String> options() {
    List<String> words = new ArrayList<>();
    option(words, "--allowed-origin", allowedOrigins);
    option(words, "--refused-origin", refusedOrigins);
    if (credentials != null) {
      words.add(credentials ? "--credentials" : "--no-credentials");
    }
    option(words, "--method", methods);
    option(words, "--refused-method", refusedMethods);
    option(words, "--header", headers);
    option(words, "--refused-header", refusedHeaders);
    option(words, "--exposed-header", exposedHeaders);
    if (maxAge != null) {
      words.add("--max-age " + maxAge);
    }
    return words;
  }

  private static void option(List<String> words, String name, List<String> values) {
    if (!values.isEmpty()) {
      words.add(name + " " + String.join(",", values));
    }
  }

  /** The names that a file may have, which are those of the options without the hyphens. */
  static Set<String> keys() {
    return CommandLine.Model.CommandSpec.forAnnotatedObject(new ExpectedProfile())
        .options()
        .stream()
        .map(option -> option.longestName().substring("--".length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The origins that the options allow. */
  DeclaredOrigins declaredOrigins() {
    return new DeclaredOrigins(allowedOrigins);
  }

  /**
   * What the options say.
   *
   * @param writes whether requests may be sent that may change something
   * @throws CommandLine.ParameterException if they contradict each other, or what browsers send
   */
  Profile profile(CommandLine command, boolean writes) {
    List<String> origins = new ArrayList<>(refusedOrigins);
    allowedOrigins.stream()
        .filter(origin -> !DeclaredOrigins.isDeclaration(origin))
        .forEach(origins::add);
    for (String origin : origins) {
      if (!DeclaredOrigins.isOrigin(origin)) {
        String option = refusedOrigins.contains(origin) ? "--refused-origin" : "--allowed-origin";
        throw Usage.mistake(
            command, GivenOrigin.mistake(option, origin).orElse(option + " " + origin) + ".");
      }
    }
    for (String origin : refusedOrigins) {
      if (declaredOrigins().include(origin)) {
        throw Usage.mistake(
            command, origin + " cannot be allowed and refused at once. Remove one.");
      }
    }
    List<String> tokens = new ArrayList<>(methods);
    List.of(refusedMethods, headers, refusedHeaders, exposedHeaders).forEach(tokens::addAll);
    for (String token : tokens) {
      if (!Bytes.isToken(token)) {
        throw Usage.mistake(
            command, "\"" + token + "\" is neither a method nor the name of a header.");
      }
    }
    if (maxAge != null && maxAge < 0) {
      throw Usage.mistake(command, "--max-age accepts 0 seconds or more, and not " + maxAge + ".");
    }
    for (String method : methods) {
      if (!Methods.normalize(method).equals(method)) {
        throw Usage.mistake(
            command,
            "Browsers send "
                + method
                + " as "
                + Methods.normalize(method)
                + ". Write it in upper case.");
      }
      if (Methods.isForbidden(method)) {
        throw Usage.mistake(
            command, method + " is a method that browsers forbid to scripts. Remove it.");
      }
    }
    return new Profile(
        declaredOrigins().includeEveryone(),
        declaredOrigins().examples(),
        refusedOrigins,
        Optional.ofNullable(credentials),
        methods,
        refusedMethods,
        headers,
        refusedHeaders,
        exposedHeaders,
        Optional.ofNullable(maxAge),
        writes);
  }
}
