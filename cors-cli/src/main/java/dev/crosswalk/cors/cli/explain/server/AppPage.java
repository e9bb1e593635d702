package dev.crosswalk.cors.cli.explain.server;

import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Trait;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page inside of an app, by its origin, which is the same on the device of each user. */
enum AppPage {
  /** A note-taking app whose plugins have a way of their own to ask. */
  OBSIDIAN(
      "app://obsidian.*",
      " is its origin. A plugin of Obsidian sends its requests with requestUrl() instead of"
          + " fetch(): that has no CORS. Otherwise the server has to allow this origin, and the"
          + " URL has to be right.",
      "requestUrl()"),
  /** On each system another. */
  TAURI(
      "tauri://.*|https?://(?:tauri|asset)\\.localhost",
      " is the origin of its WebView, the same on each user's device: allow exactly that. Tauri has"
          + " tauri://localhost on macOS, iOS and Linux, and http://tauri.localhost on Windows and Android"
          + " (https: with useHttpsScheme, and in version 1).",
      "@tauri-apps/plugin-http"),
  /** Electron, Wails. */
  DESKTOP(
      "(?:app|wails)://.*",
      " is the origin of its WebView, the same on each user's device: allow exactly that.",
      "the main process of Electron (net.fetch), the Go code of Wails, cordova-plugin-advanced-http"),
  /** Android's own way to give files of an app an origin. */
  ANDROID(
      "https://appassets\\.androidplatform\\.net",
      " is the origin that WebViewAssetLoader gives to it, the same in every such app: allow it,"
          + " and let a token tell who sent the request.",
      "code of the app"),
  /** Capacitor, Ionic, Cordova. */
  MOBILE("(?:capacitor|ionic)://.*|https?://ionic\\.local", Words.OF_CAPACITOR, Words.OF_PLUGINS),
  /** The same without a scheme of its own, so that the paste has to speak of an app. */
  LOCALHOST("https?://localhost", Words.OF_CAPACITOR, Words.OF_PLUGINS),
  /** A scheme that some app has registered for its page. */
  OTHER(
      "(?!https?:|file:|about:|data:|blob:|qrc:|devtools:|[a-z-]*extension:|vscode|edge:|chrome)[a-z][a-z0-9+.-]{1,40}://.*",
      " is the origin that the app gives to its page, the same on each user's device: allow exactly that.",
      "code of the app");

  private static final class Words {
    private static final String OF_CAPACITOR =
        " is the origin of its WebView, the same on each user's device: allow exactly that."
            + " Capacitor has capacitor://localhost on iOS, and on Android https://localhost"
            + " (before version 6 http://localhost).";

    private static final String OF_PLUGINS = "CapacitorHttp, cordova-plugin-advanced-http";
  }

  private static final String NATIVE =
      " If the server is not yours, call it outside the WebView, where there is no CORS: %s.";

  private static final String PERHAPS =
      "If the page is inside an app: %s, without a port, is the origin of a WebView (Capacitor or Cordova on"
          + " Android), the same on each user's device. Allow exactly that.";

  private static final Pattern APP =
      Pattern.compile(
          "\\b(?:capacitor|cordova|ionic|phonegap|wkwebview|webview|android|ios|apk)\\b|安卓|手机 app");

  /** Obsidian on phones, which is made with Capacitor. */
  private static final Pattern ON_PHONES =
      Pattern.compile("capacitor://localhost|http://localhost");

  private static final Pattern NAMED =
      Pattern.compile("\\bobsidian\\b[^.]{0,30}\\b(?:plugin|mobile|android|ios|iphone|ipad)\\b");

  private final Pattern origin;
  private final String words;
  private final String outside;

  /**
   * A kind of app.
   *
   * @param origin a pattern
   * @param words what is known of it
   * @param outside how it asks outside of the page
   */
  AppPage(String origin, String words, String outside) {
    this.origin = Pattern.compile(origin);
    this.words = words;
    this.outside = outside;
  }

  /**
   * Which one has an origin.
   *
   * @param paste that may speak of an app
   */
  static Optional<AppPage> of(String origin, String paste) {
    if (ON_PHONES.matcher(origin).matches() && NAMED.matcher(paste).find()) {
      return Optional.of(OBSIDIAN);
    }
    return Stream.of(values())
        .filter(each -> each.origin.matcher(origin).matches())
        .filter(each -> each != LOCALHOST || APP.matcher(paste).find())
        .findFirst();
  }

  /** Whether an app may have an origin that developers' machines have as well. */
  static boolean isPerhaps(String origin) {
    return LOCALHOST.origin.matcher(origin).matches();
  }

  static Advice perhaps(String origin) {
    return Advice.of(PERHAPS.formatted(origin)).with(Trait.PERHAPS);
  }

  /**
   * What its server has to allow.
   *
   * @param ofOthers whether the server may be another's
   */
  Advice toAllow(String origin, boolean ofOthers) {
    return Advice.of(begin(origin) + words + (ofOthers && this != OBSIDIAN ? byApp() : ""));
  }

  /** What it does instead, where nothing can be allowed. */
  Advice toAskOutside(String origin) {
    return Advice.of(
        begin(origin) + (this == OBSIDIAN ? words : " is the origin of its WebView." + byApp()));
  }

  private String byApp() {
    return NATIVE.formatted(outside);
  }

  private static String begin(String origin) {
    return "The page is inside an app, and " + origin;
  }
}
