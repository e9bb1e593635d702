package dev.crosswalk.cors.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A module that a jar's name gives would change with the file. */
class ModuleNamesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Map<String, String> NAMES =
      Map.of(
          "cors-cli", "dev.crosswalk.cors.cli",
          "cors-core", "dev.crosswalk.cors",
          "cors-javalin", "dev.crosswalk.cors.javalin",
          "cors-jaxrs", "dev.crosswalk.cors.jaxrs",
          "cors-micronaut", "dev.crosswalk.cors.micronaut",
          "cors-quarkus", "dev.crosswalk.cors.quarkus",
          "cors-servlet", "dev.crosswalk.cors.servlet",
          "cors-spring", "dev.crosswalk.cors.spring",
          "cors-tck", "dev.crosswalk.cors.tck",
          "cors-vertx", "dev.crosswalk.cors.vertx");

  @Test
  void every_published_module_has_a_stable_name() throws Exception {
    Map<String, String> names = new TreeMap<>();
    for (String module : BillOfMaterialsTest.published()) {
      names.put(module, declared(ROOT.resolve(module)));
    }
    assertEquals(new TreeMap<>(NAMES), names);
  }

  /** The jars, where Maven has packed them: what is declared is what the JDK reads. */
  @Test
  void the_jdk_reads_those_names() {
    int seen = 0;
    for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
      String file = Path.of(entry).getFileName().toString();
      Matcher jar = Pattern.compile("(cors-[a-z]+)-\\d.*\\.jar").matcher(file);
      boolean packed = jar.matches();
      String module =
          packed ? jar.group(1) : String.valueOf(Path.of(entry, "..", "..").normalize());
      module = module.substring(module.lastIndexOf('/') + 1);
      if (!NAMES.containsKey(module)
          || !packed && !Files.exists(Path.of(entry, "module-info.class"))) {
        continue;
      }
      ModuleReference read = ModuleFinder.of(Path.of(entry)).findAll().iterator().next();
      assertEquals(NAMES.get(module), read.descriptor().name(), entry);
      seen++;
    }
    assertTrue(seen >= 4, "only " + seen + " modules were read");
  }

  private static String declared(Path module) throws Exception {
    Path descriptor = module.resolve("src/main/java/module-info.java");
    return Files.exists(descriptor)
        ? first("(?m)^(?:open )?module ([\\w.]+) \\{", Files.readString(descriptor))
        : first("<Automatic-Module-Name>([\\w.]+)</", Files.readString(module.resolve("pom.xml")));
  }

  private static String first(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() ? matcher.group(1) : "none";
  }
}
