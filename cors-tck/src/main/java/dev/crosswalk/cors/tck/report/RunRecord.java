package dev.crosswalk.cors.tck.report;

import dev.crosswalk.cors.tck.rules.Catalogue;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes what became of the rules of one class, and on what, into a file of properties; only where
 * the configuration parameter {@value #DIRECTORY} names a directory. The build of Crosswalk makes
 * its table of compatibility of these files.
 */
public final class RunRecord {

  public static final String DIRECTORY = "dev.crosswalk.cors.tck.record";

  private final Properties record = new Properties();
  private final Set<Thread> others = Thread.getAllStackTraces().keySet();
  private final Set<String> kept = new HashSet<>();

  public void holds(Catalogue.Entry rule) {
    kept.add(rule.id());
  }

  /**
   * Records a rule that says nothing of the adapter.
   *
   * @param reason why, which may be a limitation of the framework
   */
  public void notRun(Catalogue.Entry rule, String reason) {
    record.setProperty("limitation." + rule.id(), reason);
  }

  /**
   * Writes the file, while the servers run.
   *
   * @param tests the class whose rules these are, which names the file
   */
  public void write(Path directory, Class<?> tests) throws IOException {
    record.setProperty("rules", String.valueOf(Catalogue.rules().size()));
    record.setProperty("kept", String.valueOf(kept.size()));
    record.setProperty("jdk", String.valueOf(Runtime.version().feature()));
    // All rules speak HTTP/1.1, and IN16 speaks HTTP/2 with those servers that do.
    record.setProperty("protocol", kept.contains("IN16") ? "HTTP/1.1, HTTP/2" : "HTTP/1.1");
    record.setProperty(
        "class-path",
        System.getProperty("java.class.path")
            + File.pathSeparator
            + System.getProperty("jdk.module.path", ""));
    record.setProperty("running", String.join(" ", running()));
    Path file = directory.resolve(tests.getName() + ".properties");
    Files.createDirectories(file.getParent());
    try (Writer writer = Files.newBufferedWriter(file)) {
      record.store(writer, null);
    }
  }

  /**
   * Where the code is from that the servers' threads run. Of several servers on the class path it
   * tells which one has answered.
   */
  private Set<String> running() {
    Set<String> sources = new TreeSet<>();
    for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
      if (others.contains(thread.getKey())) {
        continue;
      }
      sources.add(source(thread.getKey().getClass()));
      for (StackTraceElement frame : thread.getValue()) {
        try {
          sources.add(
              source(
                  Class.forName(
                      frame.getClassName(), false, thread.getKey().getContextClassLoader())));
        } catch (ClassNotFoundException e) {
          // A hidden class, or another loader's: the other frames tell enough.
        }
      }
    }
    return sources;
  }

  /** A jar, or a module of the JDK. */
  private static String source(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null ? type.getModule().getName() : String.valueOf(source.getLocation());
  }
}
