package dev.crosswalk.cors.quarkus;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.quarkus.application.Kit;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The application that Quarkus has built, with a class loader of its own: it runs in this JVM, and
 * shares with the tests what {@link Shared} names, and nothing else.
 */
final class BuiltApplication extends URLClassLoader {

  static final Path DIRECTORY = Path.of("target", "quarkus-app").toAbsolutePath();

  static {
    // Else it says that it stops.
    Logger.getLogger("").setLevel(Level.OFF);
  }

  private BuiltApplication() throws IOException {
    super(jars(), new Shared());
  }

  /** Starts it, with a policy as a bean. */
  static ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
    Kit.cors = cors;
    Kit.application = application;
    System.setProperty(Kit.STARTS, "true");
    System.setProperty("quarkus.http.port", "0");
    System.setProperty("quarkus.log.level", "OFF");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    BuiltApplication loader = new BuiltApplication();
    thread.setContextClassLoader(loader);
    try {
      Class<?> type = loader.loadClass("io.quarkus.runner.ApplicationImpl");
      Object quarkus = type.getConstructor().newInstance();
      type.getMethod("start", String[].class).invoke(quarkus, (Object) new String[0]);
      return ServerUnderTest.onPort(
          Kit.port.getAsInt(),
          () -> {
            type.getMethod("stop").invoke(quarkus);
            loader.close();
          });
    } finally {
      thread.setContextClassLoader(before);
      System.clearProperty(Kit.STARTS);
      System.clearProperty("quarkus.http.port");
      System.clearProperty("quarkus.log.level");
    }
  }

  private static URL[] jars() throws IOException {
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      List<Path> jars =
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .filter(file -> !file.endsWith("quarkus-run.jar"))
              // What Quarkus has transformed comes before what it was made of.
              .sorted((a, b) -> Boolean.compare(isTransformed(b), isTransformed(a)))
              .toList();
      URL[] urls = new URL[jars.size()];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = jars.get(i).toUri().toURL();
      }
      return urls;
    }
  }

  private static boolean isTransformed(Path jar) {
    return jar.endsWith("transformed-bytecode.jar");
  }

  /** What the tests and the application have in common: core, the kit, and what holds them. */
  private static final class Shared extends ClassLoader {

    Shared() {
      super(getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      String room = name.substring(0, Math.max(0, name.lastIndexOf('.'))) + '.';
      if (room.equals("dev.crosswalk.cors.")
          || room.startsWith("dev.crosswalk.cors.internal.")
          || room.startsWith("dev.crosswalk.cors.tck.")
          || name.equals(Kit.class.getName())) {
        return BuiltApplication.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
