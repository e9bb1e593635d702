package dev.crosswalk.cors.bench.decision;

import dev.crosswalk.cors.bench.Spread;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures what the artifacts weigh, and what the first decision costs: classes loaded, and time in
 * a JVM that has just started. Runs in the directory of the parent project, after {@code package}.
 */
public final class Footprint {

  private static final List<String> ARTIFACTS =
      List.of(
          "cors-core",
          "cors-jaxrs",
          "cors-servlet",
          "cors-javalin",
          "cors-micronaut",
          "cors-vertx",
          "cors-spring",
          "cors-quarkus",
          "cors-tck");

  /** How many JVMs are started for each median. */
  private static final int STARTS = 20;

  private static final int FEW_ORIGINS = 9;
  private static final int MANY_ORIGINS = 100_000;

  private Footprint() {}

  /**
   * Measures, prints a table, and writes it to {@code target/footprint.md}.
   *
   * @param arguments none
   * @throws IOException if an artifact has not been built, or a JVM does not start
   * @throws InterruptedException if interrupted
   */
  public static void main(String... arguments) throws IOException, InterruptedException {
    List<String> table = new ArrayList<>(List.of("| what | how much |", "|---|---:|"));
    for (String artifact : ARTIFACTS) {
      row(table, artifact + ".jar", "%,d bytes", Files.size(jar(artifact)));
    }
    Path command = Path.of("cors-cli", "target", "crosswalk.jar");
    row(table, "crosswalk.jar", "%,d bytes", Files.size(command));
    Path classes = Path.of("target", "first-decision");
    copyClasses(classes);
    String classPath = classes + System.getProperty("path.separator") + jar("cors-core");
    loaded(table, classPath);
    times(table, classPath);
    Path file = Path.of("target", "footprint.md");
    Files.createDirectories(file.getParent());
    Files.write(file, table, StandardCharsets.UTF_8);
    PrintStream out = System.out;
    table.forEach(out::println);
    out.println("Written to " + file.toAbsolutePath());
  }

  private static void row(List<String> table, String what, String format, Object... values) {
    table.add("| " + what + " | " + String.format(Locale.ROOT, format, values) + " |");
  }

  /** The jar that is published, not the ones of its sources, its pages or its command. */
  private static Path jar(String artifact) throws IOException {
    Path target = Path.of(artifact, "target");
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        List<Path> jars =
            files
                .filter(
                    file ->
                        file.getFileName()
                            .toString()
                            .matches(artifact + "-[0-9.]+(-SNAPSHOT)?\\.jar"))
                .toList();
        if (jars.size() == 1) {
          return jars.get(0);
        }
      }
    }
    throw new IOException(
        "There must be one jar of %s in %s: run ./mvnw package -DskipTests, where the project is."
            .formatted(artifact, target.toAbsolutePath()));
  }

  /** The jar of the benchmarks is large: finding its entries would take longer than deciding. */
  private static void copyClasses(Path directory) throws IOException {
    for (Class<?> type :
        List.of(
            FirstDecision.class,
            FirstDecision.WithoutCore.class,
            PlainRequest.class,
            PlainRequest.READER.getClass(),
            PlainResponse.class,
            PlainResponse.WRITER.getClass())) {
      String name = type.getName().replace('.', '/') + ".class";
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      try (InputStream bytes = Footprint.class.getClassLoader().getResourceAsStream(name)) {
        if (bytes == null) {
          throw new IOException(name + " is not on the class path.");
        }
        Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Which classes a JVM loads beyond those that it loads without core. */
  private static void loaded(List<String> table, String classPath)
      throws IOException, InterruptedException {
    Set<String> loaded = classesLoaded(classPath, FirstDecision.class);
    loaded.removeAll(classesLoaded(classPath, FirstDecision.WithoutCore.class));
    loaded.removeIf(name -> name.startsWith("dev.crosswalk.cors.bench."));
    long ofCore = loaded.stream().filter(name -> name.startsWith("dev.crosswalk.")).count();
    row(table, "classes of core loaded by the first decision", "%d", ofCore);
    row(table, "classes of the JDK loaded besides", "%d", loaded.size() - ofCore);
  }

  private static Set<String> classesLoaded(String classPath, Class<?> main)
      throws IOException, InterruptedException {
    return run(classPath, main, FEW_ORIGINS, "-Xlog:class+load:stdout")
        .filter(line -> line.contains(" source: "))
        .map(line -> line.replaceFirst(".*\\] (\\S+) source: .*", "$1"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void times(List<String> table, String classPath)
      throws IOException, InterruptedException {
    List<Double> few = new ArrayList<>();
    List<Double> many = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      few.add(milliseconds(classPath, FEW_ORIGINS)[1]);
      many.add(milliseconds(classPath, MANY_ORIGINS)[0]);
    }
    row(
        table,
        FEW_ORIGINS + " origins: from the builder to the first decision written",
        "%s ms",
        Spread.of(few).toString("%.1f"));
    row(
        table,
        String.format(Locale.ROOT, "%,d origins: building the policy", MANY_ORIGINS),
        "%s ms",
        Spread.of(many).toString("%.0f"));
  }

  private static double[] milliseconds(String classPath, int origins)
      throws IOException, InterruptedException {
    String said =
        run(classPath, FirstDecision.class, origins).collect(Collectors.joining(" ")).strip();
    return Arrays.stream(said.split(" "))
        .mapToDouble(nanos -> Long.parseLong(nanos) / 1e6)
        .toArray();
  }

  private static Stream<String> run(String classPath, Class<?> main, int origins, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath, main.getName(), Integer.toString(origins)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(main.getName() + " has failed; see above why. It said: " + said);
    }
    return said.lines();
  }
}
