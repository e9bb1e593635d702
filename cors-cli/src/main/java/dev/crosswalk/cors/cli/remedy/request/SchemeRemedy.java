package dev.crosswalk.cors.cli.remedy.request;

import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.List;
import java.util.Locale;

/** What to change where a script asks for a URL that is not http or https. */
public final class SchemeRemedy {

  private static final String CODE = "SCHEME";

  /** Schemes that apps give to their own files; no server is behind them. */
  private static final List<String> OF_APPS =
      List.of(
          "app",
          "asset",
          "assets",
          "capacitor",
          "capacitor-electron",
          "cdvfile",
          "content",
          "gap",
          "ionic",
          "ipc",
          "ms-appdata",
          "ms-appx",
          "ms-appx-web",
          "tauri",
          "vscode-resource",
          "vscode-webview",
          "wails");

  private static final List<String> OF_EXTENSIONS =
      List.of(
          "chrome-extension",
          "moz-extension",
          "safari-web-extension",
          "safari-extension",
          "ms-browser-extension",
          "edge-extension");

  /** Where these are used, a page without an origin is a file. */
  private static final List<String> OF_PHONES =
      List.of("cdvfile", "content", "gap", "ms-appdata", "ms-appx", "ms-appx-web");

  /** Where tools name buckets by these, browsers know none of them. */
  private static final List<String> OF_STORES =
      List.of("gs", "s3", "s3a", "s3n", "r2", "b2", "az", "abfs", "abfss", "wasb", "wasbs", "oss");

  private static final List<String> OF_NOTHING = List.of("about", "blob", "data", "javascript");

  /** Where phones and packers of apps keep an app's own files. */
  private static final List<String> FOLDERS_OF_APPS =
      List.of(
          "/android_asset/",
          "/containers/bundle/",
          "/containers/data/",
          "/coresimulator/",
          "/var/mobile/",
          "/data/app/",
          "/data/data/",
          "/data/user/",
          "/android/data/",
          ".app/",
          "app.asar",
          "/resources/app/");

  private SchemeRemedy() {}

  public static Remedy of(NotShared refusal) {
    String url = refusal.where().url();
    String scheme = scheme(refusal.subject().isEmpty() ? url : refusal.subject());
    boolean file = scheme.equals("file") || scheme.length() == 1;
    if (file && isOfApp(url)) {
      return fileOfApp();
    }
    String origin = refusal.where().origin();
    boolean pageOfElectron =
        origin.equals("null") && !scheme.isEmpty() && !OF_PHONES.contains(scheme);
    if (pageOfElectron && (OF_APPS.contains(scheme) || isOwn(scheme))) {
      return unregistered(scheme);
    }
    if (file && origin.startsWith("http")) {
      return fileOfPage(origin);
    }
    if (file || origin.equals("null")) {
      return file(file);
    }
    if (OF_APPS.contains(scheme) && origin.startsWith("http")) {
      return fromAnotherPage(scheme, origin);
    }
    if (OF_APPS.contains(scheme)) {
      String phone =
          "Read the file by the app's own interface (the file plugin of Cordova, Filesystem of"
              + " Capacitor), or request the http or https URL that it gives out (convertFileSrc"
              + " in Capacitor and Tauri, the WebView plugin in Cordova).";
      String electron = "In Electron, " + registration(scheme);
      boolean ofElectron = scheme.equals("app") || scheme.equals("capacitor-electron");
      return Remedy.notCors(
          CODE,
          "This is not a matter of a server: "
              + scheme
              + ": is a scheme of the app, and inside the app a script may request only http, https"
              + " and what the app registers for fetch().",
          ofElectron ? electron : phone,
          ofElectron ? phone : electron);
    }
    if (OF_EXTENSIONS.contains(scheme)) {
      return Remedy.notCors(
          CODE,
          "This is not a matter of a server: the URL is a file of a browser extension ("
              + scheme
              + ":), and only the extension's own pages may read it.",
          "If it is your extension, list the file in web_accessible_resources. If it is not, try a"
              + " window without extensions: one of them puts that URL into the page.");
    }
    if (OF_NOTHING.contains(scheme)) {
      return replaced(scheme + ":");
    }
    if (scheme.equals("ws") || scheme.equals("wss")) {
      return Remedy.notCors(
          CODE,
          "This is not CORS: " + scheme + ": is for WebSockets, and fetch does not speak that.",
          isFile(url)
              ? "The URL is that of a file, so it has to begin with "
                  + scheme.replace("ws", "http")
                  + ":. If a server builds it from what a proxy in front tells, the proxy sends the"
                  + " wrong scheme: let it set X-Forwarded-Proto to http or https, and never to ws or"
                  + " wss, for each path, and pass on Host."
              : "Open it by new WebSocket(url), or request the URL with http: or https:.");
    }
    if (scheme.equals("ftp")) {
      return Remedy.notCors(
          CODE,
          "This is not a matter of CORS: browsers do not speak FTP any more.",
          "Offer the file over https.");
    }
    if (OF_STORES.contains(scheme)) {
      return ofStore(scheme);
    }
    return scheme.equals("mapbox") ? ofMapbox() : other(scheme);
  }

  /** Whether the path ends in the name of a file. */
  private static boolean isFile(String url) {
    return url.replaceFirst("[?#].*", "")
        .matches("[a-z]+://[^/]+/.*[^/]\\.[A-Za-z][A-Za-z0-9]{0,5}");
  }

  /** The name of a file in a bucket, as tools write it. */
  private static Remedy ofStore(String scheme) {
    return Remedy.notCors(
        CODE,
        "This is not a matter of CORS: "
            + scheme
            + ": is how the tools of a storage name a bucket and its files, and no address that a"
            + " browser can call.",
        "Use the https address that the storage gives to the file: its SDK makes one"
            + " (getDownloadURL() and uploadBytes() in Firebase, a presigned URL in S3, a SAS URL"
            + " in Azure), and its console shows one for a public file.",
        "Then the bucket needs a CORS rule for the page's origin, with the method that the page uses.");
  }

  /** Mapbox's own library writes these as https URLs, and sends those. */
  private static Remedy ofMapbox() {
    return Remedy.notCors(
        CODE,
        "This is not a matter of a server: mapbox: is a scheme that only Mapbox GL JS knows. It turns"
            + " such a URL into one at https://api.mapbox.com. Another program, or fetch(), cannot.",
        "In MapLibre GL, Leaflet or fetch(): write the https URL of the style,"
            + " https://api.mapbox.com/styles/v1/USER/STYLE, with your access_token in its query. Its"
            + " sources, glyphs and sprites are mapbox: URLs as well: rewrite them in transformRequest.",
        "Or use Mapbox GL JS, with its access token, or a style that has only https URLs.");
  }

  /** A scheme that the app's developer has named, as no other is written so. */
  private static boolean isOwn(String scheme) {
    return !scheme.contains(".")
        && !scheme.equals("file")
        && !scheme.equals("localhost")
        && !OF_EXTENSIONS.contains(scheme)
        && !OF_NOTHING.contains(scheme)
        && !List.of("ws", "wss", "ftp", "http", "https").contains(scheme)
        && scheme.length() > 1;
  }

  /** In Electron, a scheme gives its pages an origin only if it is registered as a standard one. */
  private static Remedy unregistered(String scheme) {
    return Remedy.notCors(
        CODE,
        "This is not a matter of a server: "
            + scheme
            + ": is a scheme of the app, and the page has no origin of its own (null). In Electron,"
            + " pages of a scheme that is not registered have none, and neither have files (loadFile).",
        "R" + registration(scheme).substring(1),
        "Load the page itself by that scheme, too: win.loadURL(\""
            + scheme
            + "://...\"), and not win.loadFile().");
  }

  private static String registration(String scheme) {
    return "register the scheme before the app is ready, in one call for all schemes:"
        + " protocol.registerSchemesAsPrivileged([{ scheme: \""
        + scheme
        + "\", privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled:"
        + " true } }]). Answer it by protocol.handle.";
  }

  /** The app's page comes from a server, usually while it is developed. */
  private static Remedy fromAnotherPage(String scheme, String origin) {
    return Remedy.notCors(
        CODE,
        "This is not a matter of a server: the page comes from "
            + origin
            + ", and "
            + scheme
            + ": is the scheme of the app's own pages and files. So they are of different origins.",
        "If that is the development server (live reload: server.url in Capacitor): without it, in a"
            + " build of the app, the page has the app's own origin, and this works.",
        "To read the file with live reload, use the app's own interface (Filesystem.readFile in"
            + " Capacitor) instead of fetch(), or update Capacitor: newer versions allow it.",
        "In Electron, register the scheme with supportFetchAPI and corsEnabled"
            + " (protocol.registerSchemesAsPrivileged).");
  }

  /** Not a web page, but a file on the disk. */
  private static Remedy file(boolean url) {
    return Remedy.notCors(
            CODE,
            "This is not a matter of the server: "
                + (url ? "the URL is a file on the disk" : "the page was opened from the disk")
                + ". A page may not read files, not even those beside it.")
        .withOnlyAdvice(
            List.of(
                Topic.SERVE_FOLDER.advice(
                    "Open the page at the address of a web server (http://localhost:8080, for example), and not"
                        + " from the disk"
                        + (url
                            ? ": file: in the URL shows that no server was called, even if one runs."
                            : ".")
                        + " If none runs yet, start one in the folder: npx serve, python3 -m http.server, or the"
                        + " editor's live server. In the code, write relative paths."),
                Topic.SERVE_FOLDER.advice(
                    "If a file of JavaScript is meant, a bundler may write paths that start with a slash: they"
                        + " do not work without a server either.")));
  }

  /** The page has a server, and the script has a path of the disk. */
  private static Remedy fileOfPage(String origin) {
    return Remedy.notCors(
        CODE,
        "No server was called: the page is at "
            + origin
            + ", and the URL in its code is a file on the disk, which no page of a server may read.",
        "Put the file into the folder that the page's server sends, and write its path from there (data/items.json)"
            + " instead of file: and a path of the disk. A path of your disk means nothing on a visitor's"
            + " machine.",
        "If the visitor chooses the file, <input type=\"file\"> gives it to the script.");
  }

  private static Remedy other(String scheme) {
    String missing =
        "Write the whole URL, with https:// or http:// in front: localhost:8080/api, for example,"
            + " is read as the scheme \"localhost\".";
    if (scheme.contains(".") || scheme.equals("localhost")) {
      return Remedy.notCors(
          CODE, "The URL has no scheme, so the browser treats " + scheme + " as one.", missing);
    }
    String file =
        "If the page was opened from the disk (file:), serve the folder from a web server on this"
            + " machine, and open it at http://localhost. For example: npx serve, python3 -m"
            + " http.server, or the editor's live server.";
    return scheme.isEmpty()
        ? Remedy.notCors(
            CODE,
            "A script may call other origins only over http and https. Most often it requests a"
                + " file on the disk, or the URL has no scheme.",
            file,
            missing)
        : Remedy.notCors(
            CODE,
            "A script may call other origins only over http and https, and this URL's scheme is "
                + scheme
                + ".",
            "In Electron, if it is a scheme of your app: " + registration(scheme),
            "If an app or a program is meant to open, let the page go there (a link, or"
                + " location.href) instead of fetching it.",
            missing);
  }

  // ---------------------------------------------------------------------------------- no server's

  /** Whether an app gives that scheme to its own files. */
  public static boolean isSchemeOfApp(String url) {
    return OF_APPS.contains(scheme(url));
  }

  /** Whether a file belongs to an app, by where it is. */
  public static boolean isOfApp(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    return FOLDERS_OF_APPS.stream().anyMatch(lower::contains);
  }

  /** The page of an app is a file, or what it asks for. */
  public static Remedy fileOfApp() {
    return Remedy.notCors(
        "FILE_OF_APP",
        "This is not a matter of the server: the app opens its page from a file, or the page"
            + " requests a file of the app. The browser inside the app lets no script read files.",
        "If the page has an origin already (http://localhost, ionic://localhost): convert the path of"
            + " the file: Capacitor.convertFileSrc(path), in Ionic with Cordova"
            + " window.Ionic.WebView.convertFileSrc(path).",
        "If the page is a file itself: give it an origin of its own. Cordova: the preferences"
            + " scheme and hostname (iOS), or cordova-android 10 and later. Capacitor does so"
            + " automatically. Electron: protocol.registerSchemesAsPrivileged and protocol.handle."
            + " Android: WebViewAssetLoader. iOS: WKURLSchemeHandler.",
        "Or read the file by the app's own interface, such as Cordova's file plugin, and not with"
            + " XMLHttpRequest or fetch.");
  }

  /** What no server sends in a redirect takes the place of what was asked for. */
  public static Remedy replaced(String what) {
    return Remedy.notCors(
        "REPLACED",
        "This is not a matter of the server: the request ended at "
            + what
            + ", and a server does not send that. Most often an ad blocker or a privacy extension"
            + " replaced the answer.",
        "Try it in a window without extensions. If your users have to reach it, avoid words such as"
            + " ads, analytics or track in the URL.",
        "If the script itself requests a data: URL, let it decode the data instead of fetching it.");
  }

  private static String scheme(String url) {
    int colon = url.indexOf(':');
    return Bytes.lowerCase(colon < 0 ? url : url.substring(0, colon));
  }
}
