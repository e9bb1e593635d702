package dev.crosswalk.cors.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.File;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.RandomAccessFile;
import java.io.Serializable;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What changes something outside the JVM, talks to somebody, or gets round the types. */
final class OutsideWorld {

  private static final List<String> PACKAGES =
      List.of(
          "java.lang.reflect",
          "java.net.http",
          "java.nio.channels",
          "java.rmi",
          "javax.net",
          "jdk",
          "sun");

  private static final List<Class<?>> TYPES =
      List.of(
          File.class,
          FileOutputStream.class,
          FileWriter.class,
          RandomAccessFile.class,
          ObjectInput.class,
          ObjectOutput.class,
          Process.class,
          ProcessBuilder.class,
          ProcessHandle.class,
          Socket.class,
          ServerSocket.class,
          DatagramSocket.class,
          URLConnection.class);

  /** Of these types only some methods are inside: those that read what is configured. */
  private static final Map<Class<?>, Set<String>> INSIDE =
      Map.of(
          Files.class, Set.of("readAttributes", "newInputStream"),
          // A literal in brackets, for which nobody is asked.
          InetAddress.class, Set.of("getByName", "getAddress"),
          // A resource on the class path.
          URL.class, Set.of("openStream", "equals", "toString"));

  private static final Map<Class<?>, Set<String>> OUTSIDE =
      Map.of(
          Runtime.class, Set.of("exec", "load", "loadLibrary", "halt", "exit", "addShutdownHook"),
          System.class, Set.of("load", "loadLibrary", "exit", "setProperty", "setOut", "setErr"),
          ClassLoader.class, Set.of("loadClass", "defineClass"));

  private OutsideWorld() {}

  static boolean contains(JavaClass type) {
    return PACKAGES.stream().anyMatch(name -> (type.getPackageName() + '.').startsWith(name + '.'))
        || TYPES.stream().anyMatch(type::isAssignableTo);
  }

  static boolean isReached(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getTarget().getName();
    if (owner.isEquivalentTo(Class.class)) {
      return name.matches("forName|newInstance|get(Declared)?(Constructor|Method|Field|Record).*");
    }
    return INSIDE.entrySet().stream()
            .anyMatch(
                type -> owner.isEquivalentTo(type.getKey()) && !type.getValue().contains(name))
        || OUTSIDE.entrySet().stream()
            .anyMatch(
                type -> owner.isEquivalentTo(type.getKey()) && type.getValue().contains(name));
  }

  /** Exceptions and constants always are. */
  static boolean canBeSerialized(JavaClass type) {
    return type.isAssignableTo(Serializable.class)
        && !type.isAssignableTo(Throwable.class)
        && !type.isAssignableTo(Enum.class);
  }
}
