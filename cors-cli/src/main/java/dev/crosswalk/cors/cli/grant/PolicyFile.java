package dev.crosswalk.cors.cli.grant;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.cli.document.BrokenDocumentException;
import dev.crosswalk.cors.cli.document.Node;
import dev.crosswalk.cors.cli.document.Properties;
import dev.crosswalk.cors.cli.document.Yaml;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A file of policies, as an application would load it: {@code cors.properties}, or an {@code
 * application.yml} or {@code application.properties} that has settings of {@code cors} among
 * others. What the environment sets is ignored, because it is not the application's here.
 */
public final class PolicyFile {

  /** As long as core reads. */
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final String PREFIX = "cors.";

  /** Their files may be left out, as in an application. */
  private static final Set<String> PRODUCTION = Set.of("prod", "production");

  private static final String ON_PROFILE = "spring.config.activate.on-profile";

  private static final Pattern SETTING =
      Pattern.compile("(?m)^\\s*(?:%[\\w-]{1,60}\\.)?cors(?:\\.[\\w.\\[\\]-]{1,200}\\s*[=:]|:)");

  private final Optional<String> profile;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, String> places = new HashMap<>();

  private PolicyFile(Optional<String> profile) {
    this.profile = profile;
  }

  /**
   * Reads a file and, for a profile, the one beside it: {@code cors-prod.properties}. That of
   * production may be left out.
   *
   * @throws IOException if a file cannot be read
   * @throws BrokenDocumentException if it is not what its name says
   * @throws dev.crosswalk.cors.InvalidCorsPolicyException if the policy is wrong
   */
  public static Policies read(Path file, Optional<String> profile) throws IOException {
    PolicyFile policies = new PolicyFile(profile);
    policies.add(file);
    if (profile.isPresent()) {
      Path beside = beside(file, profile.get());
      if (Files.exists(beside)) {
        policies.add(beside);
      } else if (!policies.isShared(file) && !PRODUCTION.contains(profile.get())) {
        throw new NoSuchFileException(beside.toString());
      }
    }
    return Policies.of(policies.cors());
  }

  private static Path beside(Path file, String profile) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String end = dot < 0 ? "" : name.substring(dot);
    return file.resolveSibling(
        name.substring(0, name.length() - end.length()) + "-" + profile + end);
  }

  /** Whether a file has settings of others, too, and sections for profiles. */
  private boolean isShared(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith("application") || name.startsWith("bootstrap") || isYaml(name);
  }

  private static boolean isYaml(String name) {
    return name.endsWith(".yml") || name.endsWith(".yaml");
  }

  private void add(Path file) throws IOException {
    String text = text(file);
    String name = file.toString();
    List<Node> documents =
        isYaml(name) ? Yaml.read(name, text) : List.of(Properties.read(name, text));
    for (Node document : documents) {
      Map<String, Node> flat = document.flat();
      Node condition = flat.get(ON_PROFILE);
      if (condition == null
          || profile.isPresent()
              && condition.values().stream().anyMatch(p -> p.text().equals(profile.get()))) {
        add(file, flat);
      }
    }
  }

  private void add(Path file, Map<String, Node> flat) {
    flat.forEach(
        (key, value) -> {
          // Quarkus: %prod.cors.allowed-origins
          String own =
              profile
                  .map(p -> key.startsWith("%" + p + ".") ? key.substring(p.length() + 2) : key)
                  .orElse(key);
          if (own.startsWith(PREFIX)) {
            settings.put(
                own,
                value.isScalar()
                    ? value.text()
                    : value.items().stream().map(Node::text).collect(Collectors.joining(", ")));
            places.put(own + -1, file + ":" + value.line());
            for (int i = 0; i < value.items().size(); i++) {
              places.put(own + i, file + ":" + value.items().get(i).line());
            }
          } else if (!isShared(file)) {
            throw new BrokenDocumentException(
                file.toString(),
                value.line(),
                "there is no setting \"" + shown(key) + "\"; settings begin with " + PREFIX);
          }
        });
  }

  /** A file that is not a policy is not printed at length. */
  private static String shown(String key) {
    String printable = key.replaceAll("[^ -~]", "?");
    return printable.length() > 60 ? printable.substring(0, 60) + "…" : printable;
  }

  /** Whether a text has settings of ours: lines of properties, or a member of YAML. */
  public static boolean hasSettings(String text) {
    return SETTING.matcher(text).find();
  }

  /** Whether a text has settings of ours, line by line, and nothing else. */
  public static boolean isOurs(String text) {
    List<String> lines =
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("!"))
            .toList();
    return !lines.isEmpty() && lines.stream().allMatch(SETTING.asPredicate());
  }

  private Cors cors() {
    Map<String, String> all = new LinkedHashMap<>(settings);
    profile.ifPresent(name -> all.put("cors.profile", name));
    Cors cors = CorsConfiguration.of(all, this::place);
    // The policy is only asked here: a log of refusals would tell of requests that nobody sent.
    return all.remove(Policies.LOG) == null ? cors : CorsConfiguration.of(all, this::place);
  }

  private @Nullable String place(String key, int index) {
    String member = places.get(key + index);
    return member == null ? places.get(key + -1) : member;
  }

  /** Returns the text of a file that may be a configuration; in UTF-8. */
  public static String text(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new BrokenDocumentException(
          file.toString(), 0, "the file is longer than " + MAX_BYTES + " bytes");
    }
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new BrokenDocumentException(file.toString(), 0, "the file is not UTF-8; save it so");
    }
  }
}
