package dev.crosswalk.cors.cli.explain.server;

import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a URL is of that is no API: a file, a part of a page, or a page for people. */
public final class AskedFile {

  /** A part of a page, of which anybody can have a copy. */
  private static final Pattern PART_OF_PAGE =
      Pattern.compile(
          "(?i)[^?#]+\\.(?:woff2?|ttf|otf|eot|css|m?js|map|svg|png|jpe?g|webp|gif|ico|wasm)(?:[?#].*)?");

  /** A file that no program makes for each request. */
  private static final Pattern FILE =
      Pattern.compile(
          "(?i)[^?#]+\\.(?:woff2?|ttf|otf|eot|css|m?js|map|svg|png|jpe?g|webp|avif|gif|ico|wasm|pdf|mp[34]|webm"
              + "|ogg|wav|glb|gltf|obj|fbx|hdr|csv|geojson|m3u8|mpd|ts|vtt|zip)(?:[?#].*)?");

  /** A part of a page, as the browser's message names it in front of the URL. */
  private static final String KIND_OF_PART =
      "(?:font|image|script|css stylesheet|stylesheet|video|audio) (?:at|from origin) ";

  /** A page for people, and not an API: the start page of a site whose name begins with www. */
  private static final Pattern PAGE = Pattern.compile("(?i)https?://www\\.[^/?#]+/?");

  /** A site has its own files at a name with www., or in its usual folders at the bare name. */
  private static final Pattern PLACE_OF_SITE =
      Pattern.compile(
          "(?i)https?://(?:www\\.[^/]+/|[^./]+\\.[^./]+/(?:[^?#]{0,200}/)?(?:wp-(?:content|includes)|usr|themes?|plugins?"
              + "|static|assets|fonts?|css|js|dist|sites|skin|_next|build|public)/).*");

  private AskedFile() {}

  static boolean isPartOfPage(String asked) {
    return PART_OF_PAGE.matcher(asked).matches();
  }

  static boolean isFile(String asked) {
    return FILE.matcher(asked).matches();
  }

  static boolean isStartPage(String asked) {
    return PAGE.matcher(asked).matches();
  }

  /** Whether it is of a file that a page of that very site loads, usually. */
  public static boolean isOfSite(String asked) {
    Optional<Destination> at = Destination.at(asked);
    return isPartOfPage(asked)
        && PLACE_OF_SITE.matcher(asked).matches()
        && at.filter(each -> KnownServer.all().stream().anyMatch(row -> row.isAt(each))).isEmpty();
  }

  /** Whether the message names it as a part of a page. */
  static boolean isNamedAsPart(String asked, PastedText paste) {
    return !asked.isEmpty()
        && Pattern.compile(KIND_OF_PART + Pattern.quote(Bytes.lowerCase(asked)))
            .matcher(paste.both())
            .find();
  }
}
