package dev.crosswalk.cors.tck.report;

import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Rule;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Writes what became of the rules of one class, and on what, into a file of properties; only where
 * the configuration parameter {@value #DIRECTORY} names a directory. The build of Crosswalk makes
 * its table of compatibility of these files.
 */
public final class RunRecord implements BeforeAllCallback, TestWatcher, AfterAllCallback {

  static final String DIRECTORY = "dev.crosswalk.cors.tck.record";

  private final Properties record = new Properties();
  private final Set<Thread> others = new HashSet<>();
  private final Set<String> kept = new HashSet<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    if (context.getConfigurationParameter(DIRECTORY).isPresent()) {
      others.addAll(Thread.getAllStackTraces().keySet());
    }
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    if (context.getRequiredTestMethod().isAnnotationPresent(Rule.class)) {
      kept.add(rule(context));
    }
  }

  @Override
  public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
    String reason =
        cause instanceof KnownLimitation limitation
            ? limitation.reason()
            : cause == null ? "" : String.valueOf(cause.getMessage());
    record.setProperty("limitation." + rule(context), reason);
  }

  private static String rule(ExtensionContext context) {
    return context.getRequiredTestMethod().getName().replaceFirst("_.*", "");
  }

  /** The servers run still: this extension is registered after the one that stops them. */
  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    Optional<String> directory = context.getConfigurationParameter(DIRECTORY);
    if (directory.isEmpty()) {
      return;
    }
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
    Class<?> tests = context.getRequiredTestClass();
    Path file = Path.of(directory.get(), tests.getName() + ".properties");
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
