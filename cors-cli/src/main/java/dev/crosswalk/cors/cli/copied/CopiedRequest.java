package dev.crosswalk.cors.cli.copied;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Printable;
import dev.crosswalk.cors.tck.url.Url;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The request that a page made, as the browser's network panel copies it: as cURL, as PowerShell,
 * or as fetch. What the browser added by itself is left out, because no script set it.
 */
public final class CopiedRequest {

  /** A pasted command is at most so long. */
  static final int MAX_CHARS = 1024 * 1024;

  /** Of what is quoted in a message. */
  static final int MAX_SHOWN = 60;

  /** Set by the browser, though a script could set them too, and then would be asked about. */
  private static final Set<String> OF_THE_BROWSER =
      Set.of(
          "user-agent",
          "origin",
          "referer",
          "cookie",
          "host",
          "connection",
          "content-length",
          "accept-encoding",
          "dnt",
          "te",
          "priority",
          "cache-control",
          "pragma",
          "upgrade-insecure-requests",
          "if-none-match",
          "if-modified-since",
          // HTTP/2 has these instead of a first line, and PowerShell gets them as headers.
          "authority",
          ":authority",
          ":method",
          ":path",
          ":scheme");

  private @Nullable String url;
  private @Nullable String method;
  private @Nullable String origin;
  private @Nullable String userAgent;
  private @Nullable String data;
  private String cookie = "";
  private boolean typed;
  private boolean includes;
  private final List<String> headers = new ArrayList<>();

  public CopiedRequest() {}

  /** Reads what was copied into a file; not more of it than it may hold. */
  public static CopiedRequest read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      char[] text = new char[MAX_CHARS + 1];
      int length = 0;
      for (int read = 0; read >= 0 && length < text.length; length += Math.max(0, read)) {
        read = reader.read(text, length, text.length - length);
      }
      return of(new String(text, 0, length));
    }
  }

  /**
   * Reads what was copied.
   *
   * @throws IllegalArgumentException if it is none of these, or has a part that is not known; the
   *     message is a sentence without its period
   */
  static CopiedRequest of(String text) {
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException("it is longer than " + MAX_CHARS + " characters");
    }
    CopiedRequest request = new CopiedRequest();
    String start = text.strip();
    if (start.startsWith("curl ") || start.startsWith("curl.exe ")) {
      CurlCommand.read(text, request);
    } else if (start.startsWith("fetch(") || start.startsWith("await fetch(")) {
      FetchCall.read(start, request);
    } else if (text.contains("Invoke-WebRequest") || text.contains("Invoke-RestMethod")) {
      PowerShellCommand.read(text, request);
    } else {
      throw new IllegalArgumentException(
          "it does not hold a request: choose \"Copy as cURL\", \"Copy as fetch\" or \"Copy as"
              + " PowerShell\" in the browser's network panel");
    }
    if (request.url == null) {
      throw new IllegalArgumentException("it has no URL");
    }
    return request;
  }

  // ------------------------------------------------------------------------------ while it is read

  void url(String newUrl) {
    url = newUrl;
  }

  void method(String newMethod) {
    method = newMethod;
  }

  /** Several parts of a form are joined. */
  void data(String more) {
    data = data == null ? more : data + "&" + more;
  }

  /** A script said so; cookies tell it, too. */
  void includesCredentials() {
    includes = true;
  }

  /** The page's URL: its origin, if no header tells it. */
  void referrer(String page) {
    if (origin == null) {
      origin = Url.parse(page).map(parsed -> parsed.origin().serialize()).orElse(null);
    }
  }

  /**
   * Takes a header, and what it says about the page.
   *
   * @throws IllegalArgumentException if that is not the name of one
   */
  public void header(String name, String value) {
    switch (Bytes.lowerCase(name)) {
      case "origin" -> origin = value;
      case "cookie" -> cookie = cookie.isEmpty() ? value : cookie + "; " + value;
      case "user-agent" -> userAgent = value;
      case "referer" -> referrer(value);
      default -> {
        String lower = Bytes.lowerCase(name);
        if (!OF_THE_BROWSER.contains(lower) && !lower.startsWith("sec-")) {
          if (!Bytes.isToken(name)) {
            String shown = Printable.shown(name, MAX_SHOWN);
            throw new IllegalArgumentException("\"" + shown + "\" is not the name of a header");
          }
          typed |= lower.equals("content-type");
          headers.add(name + ": " + value);
        }
      }
    }
  }

  /** What curl and PowerShell say of a body if nobody says anything else. */
  void typeOfForm() {
    if (data != null && !typed) {
      headers.add("Content-Type: application/x-www-form-urlencoded");
    }
  }

  // --------------------------------------------------------------------------------- what it says

  public String url() {
    return String.valueOf(url);
  }

  public Optional<String> method() {
    return Optional.ofNullable(method);
  }

  /** The page's; empty where the browser sent none, as in a request of one origin. */
  public Optional<String> origin() {
    return Optional.ofNullable(origin);
  }

  public Optional<String> userAgent() {
    return Optional.ofNullable(userAgent);
  }

  public Optional<String> data() {
    return Optional.ofNullable(data);
  }

  /** Empty if the browser sent none. */
  public String cookie() {
    return cookie;
  }

  public boolean credentials() {
    return includes || !cookie.isEmpty();
  }

  /**
   * Whether it is OPTIONS with nothing of its own. "Copy as fetch" leaves out by what a preflight
   * can be told.
   */
  public boolean isPreflightOfFetch() {
    return "OPTIONS".equals(method)
        && data == null
        && headers.stream().allMatch(line -> Bytes.lowerCase(line).startsWith("accept"));
  }

  /** Those that the script set, as {@code name: value}. */
  public List<String> headers() {
    return List.copyOf(headers);
  }
}
