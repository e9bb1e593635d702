package dev.crosswalk.cors.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a native image needs to be told is told, in the format of GraalVM for JDK 23 and later, and
 * in the one before it. What Spring looks up for us, Spring names. No image is built.
 */
class NativeImageTest {

  private static final String METADATA = "META-INF/native-image/dev.crosswalk/";

  /** What a native image does not see unless it is told, by the types that offer it. */
  private static final Map<String, Set<String>> DYNAMIC =
      Map.ofEntries(
          Map.entry(
              "java.lang.Class",
              Set.of(
                  "forName",
                  "getResource",
                  "getResourceAsStream",
                  "newInstance",
                  "getMethod",
                  "getMethods",
                  "getDeclaredMethod",
                  "getDeclaredMethods",
                  "getField",
                  "getFields",
                  "getDeclaredField",
                  "getDeclaredFields",
                  "getConstructor",
                  "getConstructors",
                  "getDeclaredConstructor",
                  "getDeclaredConstructors")),
          Map.entry(
              "java.lang.ClassLoader",
              Set.of("loadClass", "getResource", "getResources", "getResourceAsStream")),
          Map.entry("java.lang.Module", Set.of("getResourceAsStream")),
          Map.entry("java.lang.invoke.MethodHandles$Lookup", Set.of("findClass", "findVirtual")),
          Map.entry("java.lang.reflect.Constructor", Set.of("newInstance")),
          Map.entry("java.lang.reflect.Method", Set.of("invoke")),
          Map.entry("java.lang.reflect.Proxy", Set.of("newProxyInstance")),
          Map.entry("java.util.ResourceBundle", Set.of("getBundle")),
          Map.entry("java.util.ServiceLoader", Set.of("load")));

  /** Each class that does so, with what it asks for. A new one needs its line in the metadata. */
  private static final Map<String, List<String>> ASKED =
      Map.of(
          "dev.crosswalk.cors.internal.syntax.Resource",
              List.of(
                  "dev/crosswalk/cors/problems.properties",
                  "dev/crosswalk/cors/internal/origin/public-suffixes.txt",
                  "dev/crosswalk/cors/internal/origin/shared-hosts.txt"),
          "dev.crosswalk.cors.internal.config.Sources",
              List.of("cors.properties", "cors-prod.properties"),
          "dev.crosswalk.cors.micronaut.SupportedMicronaut",
              List.of(
                  "dev.crosswalk.cors.micronaut.$CorsPolicyFilter$Definition",
                  "io.micronaut.http.server.annotation.PreMatching"),
          "dev.crosswalk.cors.javalin.CorsPolicyPlugin",
              List.of(
                  "org.eclipse.jetty.ee10.servlet.ServletContextHandler",
                  "org.eclipse.jetty.servlet.ServletContextHandler"),
          "dev.crosswalk.cors.javalin.PluginOfJavalin6Or7", List.of("io.javalin.plugin.Plugin"),
          // Of a constant type, by a constant name: the builder of the image finds it.
          "dev.crosswalk.cors.vertx.CorsPolicyHandler", List.of(),
          // HttpHeaders.get: without it the filter does the same, and takes longer.
          "dev.crosswalk.cors.spring.CorsPolicyWebFilter", List.of(),
          // When Quarkus builds the image, this file is in it if cors-core's metadata names it.
          "dev.crosswalk.cors.quarkus.Ignored", List.of("cors.properties"));

  @Test
  void everything_that_is_looked_up_by_name_is_known_here() {
    Map<String, Set<String>> found = new TreeMap<>();
    int classes = 0;
    for (JavaClass type : published()) {
      classes++;
      for (JavaAccess<?> access : type.getAccessesFromSelf()) {
        String owner = access.getTargetOwner().getName();
        if (DYNAMIC.getOrDefault(owner, Set.of()).contains(access.getTarget().getName())) {
          found
              .computeIfAbsent(outermost(type.getName()), unused -> new TreeSet<>())
              .add(access.getTarget().getName());
        }
      }
    }
    assertTrue(classes > 100, "only " + classes + " classes were looked at");
    assertEquals(new TreeSet<>(ASKED.keySet()), found.keySet(), () -> "found: " + found);
  }

  @Test
  void everything_that_is_looked_up_by_name_is_in_the_metadata_of_both_formats() throws Exception {
    for (List<String> names : ASKED.values()) {
      for (String name : names) {
        boolean resource = name.matches(".*\\.(txt|properties)");
        Set<String> formats = new TreeSet<>();
        for (String module : List.of("cors-core", "cors-javalin", "cors-micronaut")) {
          JsonNode later = json(module, "reachability-metadata.json");
          if (resource && globs(later).anyMatch(glob -> matchesGlob(glob, name))) {
            formats.add("later");
          }
          if (!resource && values(later.path("reflection"), "type").anyMatch(name::equals)) {
            formats.add("later");
          }
          String file = resource ? "resource-config.json" : "reflect-config.json";
          if (exists(module, file)) {
            JsonNode earlier = json(module, file);
            if (resource
                ? values(earlier.path("resources").path("includes"), "pattern")
                    .anyMatch(pattern -> Pattern.matches(pattern, name))
                : values(earlier, "name").anyMatch(name::equals)) {
              formats.add("earlier");
            }
          }
        }
        assertEquals(Set.of("earlier", "later"), formats, name);
      }
    }
  }

  /** Whoever moves a resource forgets the metadata. */
  @Test
  void every_resource_of_core_is_asked_for_and_there() throws Exception {
    Path resources = Path.of("..", "cors-core", "src", "main", "resources").normalize();
    Set<String> files;
    try (Stream<Path> all = Files.walk(resources)) {
      files =
          all.filter(Files::isRegularFile)
              .map(file -> resources.relativize(file).toString().replace('\\', '/'))
              .filter(name -> !name.startsWith("META-INF/"))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    assertFalse(files.isEmpty());
    assertEquals(
        files,
        ASKED.values().stream()
            .flatMap(List::stream)
            .filter(name -> name.matches("dev/.*\\.(txt|properties)"))
            .collect(Collectors.toCollection(TreeSet::new)));
    for (String file : files) {
      assertNotNull(getClass().getClassLoader().getResource(file), file);
    }
  }

  /** A typo in a name of a type would be silent: the image is built without it. */
  @Test
  void every_type_in_the_metadata_exists() throws Exception {
    List<String> types =
        values(json("cors-micronaut", "reachability-metadata.json").path("reflection"), "type")
            .filter(type -> type.startsWith("dev.crosswalk."))
            .toList();
    assertFalse(types.isEmpty());
    for (String type : types) {
      String file = type.replace('.', '/') + ".class";
      assertNotNull(getClass().getClassLoader().getResource(file), type);
    }
  }

  /** Core and the adapters: nobody builds an image of the kit or of the command line. */
  private static List<JavaClass> published() {
    return ArchitectureTest.CLASSES.stream()
        .filter(type -> !type.getPackageName().matches(".*\\.cors\\.(tck|cli)(\\..*)?"))
        .sorted(Comparator.comparing(JavaClass::getName))
        .toList();
  }

  private static String outermost(String name) {
    int nested = name.indexOf('$', name.lastIndexOf('.') + 2);
    return nested < 0 ? name : name.substring(0, nested);
  }

  private static Stream<String> globs(JsonNode metadata) {
    return values(metadata.path("resources"), "glob");
  }

  /** A star is a part of one level, as it is in the paths of files. */
  private static boolean matchesGlob(String glob, String name) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(name));
  }

  private static Stream<String> values(JsonNode array, String key) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(member -> member.path(key).asString());
  }

  private static boolean exists(String module, String file) {
    return NativeImageTest.class.getClassLoader().getResource(METADATA + module + "/" + file)
        != null;
  }

  private static JsonNode json(String module, String file) throws Exception {
    String name = METADATA + module + "/" + file;
    try (InputStream in = NativeImageTest.class.getClassLoader().getResourceAsStream(name)) {
      assertNotNull(in, name);
      return JsonMapper.shared().readTree(in);
    }
  }
}
