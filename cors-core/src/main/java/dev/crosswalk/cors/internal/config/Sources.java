package dev.crosswalk.cors.internal.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values from files, environment variables and properties, and where each is written. Of
 * what a key means it knows only how all of ours begin.
 */
public final class Sources {

  private static final String EXTENSION = ".properties";

  /**
   * A key in one of the sources.
   *
   * @param place where a member of the value is written, by its index; -1 is the whole
   * @param kind what kind of source it is
   */
  public record Entry(String key, String value, IntFunction<String> place, Kind kind) {

    /** What kind of source an entry comes from. */
    public enum Kind {
      FILE,
      VARIABLE,
      PROPERTY
    }

    /** Returns the members of a list. A comma in a placeholder belongs to its member. */
    public List<String> members() {
      List<String> members = new ArrayList<>();
      int from = 0;
      for (int at = 0; at < value.length(); at++) {
        if (value.startsWith("${", at)) {
          at = Math.max(at, value.indexOf('}', at));
        } else if (value.charAt(at) == ',') {
          members.add(value.substring(from, at).strip());
          from = at + 1;
        }
      }
      members.add(value.substring(from).strip());
      return List.copyOf(members);
    }

    /** Returns where the whole is written. */
    public String where() {
      return place.apply(-1);
    }
  }

  /** A key that one source has twice, where it has it again, and where it had it before. */
  public record Duplicate(String key, String place, String earlier) {}

  private final List<Entry> entries = new ArrayList<>();
  private final List<Duplicate> duplicates = new ArrayList<>();
  private final List<PropertyFile.Flaw> flaws = new ArrayList<>();

  /** Returns the entries of all sources; of those with the same key the last one counts. */
  public List<Entry> entries() {
    return entries;
  }

  public List<Duplicate> duplicates() {
    return duplicates;
  }

  public List<PropertyFile.Flaw> flaws() {
    return flaws;
  }

  /** Returns the name of a profile's file beside another: {@code cors-prod.properties}. */
  public static String ofProfile(String file, String profile) {
    boolean extended = file.endsWith(EXTENSION);
    String stem = extended ? file.substring(0, file.length() - EXTENSION.length()) : file;
    return stem + "-" + profile + (extended ? EXTENSION : "");
  }

  /** Returns what a file has as properties; null if it is absent. */
  public static @Nullable PropertyFile file(String name, WatchedFiles.Content content) {
    byte[] bytes = content.bytes();
    String failure = content.failure();
    return bytes != null
        ? PropertyFile.read(name, bytes)
        : failure == null
            ? null
            : PropertyFile.unreadable(name, PropertyFile.Fault.UNREADABLE, failure);
  }

  /**
   * Returns a file of the class path; null if there is none. Which of several would be read, is
   * chance.
   */
  public static @Nullable PropertyFile resource(String name) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? ClassLoader.getSystemClassLoader() : context;
    try {
      Set<String> places = new LinkedHashSet<>();
      URL first = null;
      for (URL place : Collections.list(loader.getResources(name))) {
        first = first == null ? place : first;
        places.add(place.toString());
      }
      if (first == null) {
        return null;
      }
      if (places.size() > 1) {
        String all = String.join(" and ", places);
        return PropertyFile.unreadable(name, PropertyFile.Fault.SEVERAL, all);
      }
      try (InputStream stream = first.openStream()) {
        return PropertyFile.read(name, stream.readNBytes(PropertyFile.MAX_BYTES + 1));
      }
    } catch (IOException e) {
      return PropertyFile.unreadable(name, PropertyFile.Fault.UNREADABLE, e.toString());
    }
  }

  /** Returns a file and those of the profiles beside it, whether they exist or not. */
  public static List<Path> files(Path file, Profiles profiles) {
    List<Path> files = new ArrayList<>(List.of(file));
    for (String profile : profiles.withFiles()) {
      files.add(file.getFileSystem().getPath(ofProfile(file.toString(), profile)));
    }
    return files;
  }

  /**
   * Returns what finds a file, which must exist, and files beside it.
   *
   * @param contents what is in a file
   */
  public static Function<String, @Nullable PropertyFile> beside(
      Path file, Function<Path, WatchedFiles.Content> contents) {
    return name -> {
      Path path = file.getFileSystem().getPath(name);
      PropertyFile read = file(name, contents.apply(path));
      return read == null && path.equals(file)
          ? PropertyFile.unreadable(name, PropertyFile.Fault.FILE_MISSING, "")
          : read;
    };
  }

  /**
   * Adds a file and those of the profiles.
   *
   * @param reader finds a file by its name, or has null if there is none
   * @return the names of the profiles' files that should be there and are not
   */
  public List<String> add(
      String base, Function<String, @Nullable PropertyFile> reader, Profiles profiles) {
    PropertyFile file = reader.apply(base);
    if (file != null) {
      add(file);
    }
    List<String> absent = new ArrayList<>();
    for (String profile : profiles.withFiles()) {
      PropertyFile ofProfile = reader.apply(ofProfile(base, profile));
      if (ofProfile != null) {
        add(ofProfile);
      } else if (profiles.areOurs() && !profiles.isProduction()) {
        absent.add(ofProfile(base, profile));
      }
    }
    return absent;
  }

  /** Returns properties in alphabetical order: their map may have none. Null counts as none. */
  public static Map<String, String> sorted(@Nullable Map<String, String> properties) {
    Map<String, String> sorted = new TreeMap<>(Comparator.nullsFirst(Comparator.naturalOrder()));
    sorted.putAll(properties == null ? Map.of() : properties);
    return sorted;
  }

  public static Map<String, String> systemProperties() {
    Map<String, String> properties = new HashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      properties.put(name, System.getProperty(name, ""));
    }
    return properties;
  }

  private void add(PropertyFile file) {
    flaws.addAll(file.flaws());
    int yaml = yaml(file);
    if (yaml > 0) {
      String place = file.name() + ":" + yaml;
      flaws.add(new PropertyFile.Flaw(PropertyFile.Fault.YAML, null, "", place));
      return;
    }
    Map<String, Integer> lines = new HashMap<>();
    for (PropertyFile.Entry entry : file.entries()) {
      IntFunction<String> place = place(file.name(), entry);
      if (entry.value().startsWith("//")) {
        // A colon parts a key from its value, also that of an origin.
        String origin = entry.key() + ":" + entry.value();
        flaws.add(
            new PropertyFile.Flaw(PropertyFile.Fault.ORIGIN_LINE, origin, "", place.apply(-1)));
        continue;
      }
      Integer earlier = lines.putIfAbsent(entry.key(), entry.line());
      if (earlier != null) {
        duplicates.add(new Duplicate(entry.key(), place.apply(-1), "line " + earlier));
      } else {
        entries.add(new Entry(entry.key(), entry.value(), place, Entry.Kind.FILE));
      }
    }
  }

  /**
   * Returns what to write instead of a switch that others have and we do not, so that nobody is
   * allowed; null if the key is no switch, or does not turn CORS off.
   *
   * @param prefix what the keys of the policy begin with; the switch is for all if it has no name
   * @param value what the value of the switch says; null if that is not certain
   */
  public @Nullable String insteadOfSwitch(Entry entry, String prefix, @Nullable Boolean value) {
    Boolean on =
        entry.key().startsWith(prefix)
            ? Keys.turnsOn(entry.key().substring(prefix.length()))
            : null;
    if (on == null || value == null || on.equals(value)) {
      return null;
    }
    Set<String> prefixes = new LinkedHashSet<>();
    for (Entry other : entries) {
      // The key of the dangerous ones ends alike.
      if (other.key().startsWith(prefix) && other.key().endsWith(Keys.ALLOWED_ORIGINS)) {
        String name = Keys.policy(other.key());
        prefixes.add(name == null ? Keys.CORS : Keys.CORS + Keys.POLICIES + name + ".");
      }
    }
    return (prefixes.isEmpty() ? Set.of(prefix) : prefixes)
        .stream()
            .map(of -> of + Keys.ALLOWED_ORIGINS)
            .map(key -> entry.kind() == Entry.Kind.VARIABLE ? Keys.toVariable(key) : key)
            .collect(Collectors.joining("=none, ", "", "=none to allow no one"));
  }

  /** Returns the line in which YAML begins; 0 if there is none. */
  private static int yaml(PropertyFile file) {
    for (int i = 0; i < file.entries().size(); i++) {
      PropertyFile.Entry entry = file.entries().get(i);
      boolean isParent = entry.key().equals("cors") && entry.value().isEmpty();
      boolean hasChild =
          i + 1 < file.entries().size() && !file.entries().get(i + 1).key().startsWith("cors");
      if (entry.key().equals("-") || isParent && hasChild) {
        return entry.line();
      }
    }
    return 0;
  }

  /** A member of a list may be in a later line than its key. */
  private static IntFunction<String> place(String file, PropertyFile.Entry entry) {
    int[] lines = new int[1 + (int) entry.value().chars().filter(c -> c == ',').count()];
    int member = 0;
    int breaks = 0;
    lines[0] = entry.line();
    boolean isBlank = true;
    for (int i = 0; i < entry.value().length(); i++) {
      while (breaks < entry.breaks().size() && entry.breaks().get(breaks) <= i) {
        breaks++;
      }
      char c = entry.value().charAt(i);
      if (c == ',') {
        lines[member] = isBlank ? entry.line() + breaks : lines[member];
        isBlank = true;
        lines[++member] = entry.line() + breaks;
      } else if (isBlank && c > ' ') {
        isBlank = false;
        lines[member] = entry.line() + breaks;
      }
    }
    return index -> file + ":" + (index < 0 ? entry.line() : lines[index]);
  }

  /**
   * Adds environment variables.
   *
   * @param keyOf the key that a variable sets, by its name; null if it is not ours
   */
  public void addEnvironment(
      Map<String, String> environment, Function<String, @Nullable String> keyOf) {
    Map<String, String> names = new HashMap<>();
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              String key = keyOf.apply(name);
              if (key == null) {
                return;
              }
              String place = "environment variable " + name;
              String earlier = names.putIfAbsent(key, name);
              if (earlier != null) {
                duplicates.add(new Duplicate(key, place, earlier));
              } else {
                entries.add(
                    new Entry(
                        key, value == null ? "" : value, index -> place, Entry.Kind.VARIABLE));
              }
            });
  }

  /**
   * Adds properties in the order of their map.
   *
   * @param isOurs whether a key is one to add
   * @param places where a member is written, by key and index; what has no place has {@code kind}
   * @param kind what to call a property, as in {@code system property}
   */
  public void addProperties(
      Map<String, String> properties,
      Predicate<String> isOurs,
      String kind,
      BiFunction<String, Integer, @Nullable String> places) {
    properties.forEach(
        (key, value) -> {
          if (key != null && isOurs.test(key)) {
            IntFunction<String> place =
                index -> {
                  String known = places.apply(key, index);
                  return known == null ? kind + " " + key : known;
                };
            entries.add(new Entry(key, value == null ? "" : value, place, Entry.Kind.PROPERTY));
          }
        });
  }
}
