package dev.crosswalk.cors.cli.explain.meaning;

import java.util.Set;

/** Whose words a message is: a browser or a program by its name, or one of these. */
public final class Speaker {

  /** A person, in their own words. */
  public static final String PERSON = "a description, and not a browser's";

  /** Nobody knows. */
  public static final String UNKNOWN = "no browser that is known";

  public static final String BROWSER = "a browser, not word for word";
  public static final String SERVER = "a server, not word for word";
  public static final String PANEL = "the network panel";
  public static final String LOG = "a server's log";

  private static final Set<String> BROWSERS =
      Set.of("Chrome", "Firefox", "Safari", "Edge and Internet Explorer");

  private static final Set<String> PROGRAMS =
      Set.of("Node", "Java", "Python", "aiohttp", "Go", "curl");

  private Speaker() {}

  /** Whether it is a browser, in its own words, or in the short ones of its tools. */
  public static boolean isBrowser(String speaker) {
    return BROWSERS.contains(speaker.replaceFirst(" DevTools$", ""));
  }

  /** Whether it is a program that asks by itself, and no page in a browser does. */
  static boolean isProgram(String speaker) {
    return PROGRAMS.contains(speaker);
  }

  /** As an answer begins; of a HAR file, the speaker is the request. */
  public static String title(String speaker) {
    return switch (speaker) {
      case PERSON -> "A description, not a browser message";
      case UNKNOWN -> "Not a known browser message";
      case PANEL -> "An answer from a server";
      default ->
          speaker.startsWith("request ") ? "R" + speaker.substring(1) : "A message from " + speaker;
    };
  }
}
