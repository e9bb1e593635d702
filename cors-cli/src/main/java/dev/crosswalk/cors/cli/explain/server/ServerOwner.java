package dev.crosswalk.cors.cli.explain.server;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What to do about a server that is, or may be, somebody else's. */
public final class ServerOwner {

  static final Advice ASK_BY_SERVER =
      Topic.ASK_BY_SERVER.advice(
          "You cannot change its headers. Let a server of your own call it, which keeps the key as"
              + " well, and let the page call that server: a function, or a route of your backend.");

  static final Advice COPY_OF_FILE =
      Topic.ASK_BY_SERVER.advice(
          "A font, a picture or a script needs no such proxy: put a copy of it beside your page, or on a"
              + " host that sends Access-Control-Allow-Origin: * with it. In a style sheet for somebody else's"
              + " page, embed it as a data: URL.");

  static final Advice ASK_WITHOUT_PROXY =
      Topic.ASK_BY_SERVER.advice(
          "It is better to let a server of your own call the API, and let the page call that"
              + " server: a function, or a route of your backend. Whoever runs a public proxy can"
              + " read and change what goes through.");

  static final Advice NOT_YOURS =
      Topic.WHOSE_SERVER.advice(
          "If that server is not yours, you cannot change its headers: look in its documentation"
              + " for how a web page may use it, or call it from a server of your own.");

  public static final Advice YOURS_OR_NOT =
      Topic.WHOSE_SERVER
          .advice(
              "Is that server yours? If it has a CORS layer, add the origin to its list, and check"
                  + " that it covers this path, errors and preflights. If it has none, add one. If"
                  + " the server is not yours, you cannot change its headers: look in its"
                  + " documentation for how a web page may use it, or call it from a server of"
                  + " your own.")
          .with(Trait.ADDS_PAGE);

  private static final Advice FILE_YOURS_OR_NOT =
      Topic.WHOSE_SERVER.advice(
          "Is that server yours? Then let it send the header with files (fonts, scripts, pictures), too. If"
              + " it is not yours, you cannot change its headers: put a copy of the file beside your page, or"
              + " take it from a CDN that allows every page.");

  private static final Advice VALUE_YOURS_OR_NOT =
      Topic.WHOSE_SERVER.advice(
          "Is that server yours? It sends the header, with the wrong value: send * with files that"
              + " every page may load (fonts, scripts, pictures). If it is not yours, you cannot"
              + " change its headers: put a copy of the file beside your page, or take it from a"
              + " CDN that allows every page.");

  private static final Advice TWICE_NOT_YOURS =
      Advice.of(
              "If that server is not yours, such as a public CDN, only its operator can remove one"
                  + " of the two: take the file from another CDN, or put a copy of it beside your"
                  + " page.")
          .with(Trait.PERHAPS);

  static final Advice NO_PREFLIGHT =
      Advice.of(
              "If that server is not yours, send what needs no preflight: GET or POST without"
                  + " headers of your own (Authorization, X-Requested-With, Content-Type:"
                  + " application/json), which a default of the HTTP library may add ($.ajaxSetup,"
                  + " axios.defaults). Or call it from a server of your own.")
          .with(Trait.PERHAPS);

  static final Advice REMOVE_HEADER =
      Topic.REMOVE_HEADER.advice(
          "If that server is not yours, you cannot change its list: remove the header from this"
              + " request. If it needs the header, for example a key, let a server of your own"
              + " call it.");

  static final Advice OTHERS_HEADER =
      Topic.SECRET_OF_PAGE.advice(
          "Do not send that header there: the server is somebody else's, and does not know it. A default"
              + " of the HTTP library adds it to each request (axios.defaults, $.ajaxSetup, ajaxPrefilter, an"
              + " interceptor): set it only for your own server, in jQuery if (!options.crossDomain).");

  static final Advice THEIR_ERROR =
      Advice.of(
              "Open the URL in a tab first: an error (a key, a limit, a wrong path) most often has no headers of"
                  + " CORS, and is then what to solve.")
          .with(Trait.PERHAPS);

  static final Advice NO_COOKIES =
      Advice.of(
          "That server allows every page (*) whose request has no cookies: remove credentials: \"include\""
              + " (fetch) or withCredentials (XMLHttpRequest, axios) from it.");

  static final Advice OWN_LOGIN =
      Advice.of(
          "Do not send authorization there: a default of the HTTP library adds it to each request"
              + " (axios.defaults, an interceptor), and the token in it is for your own server.");

  static final Advice REMOVE_LOGIN =
      Topic.REMOVE_LOGIN.advice(
          "If that server is not yours, such as a public API, do not send authorization there: a"
              + " default of the HTTP library adds it to each request (axios.defaults, an"
              + " interceptor), and the token in it is for your own server. No setting of your own"
              + " server changes that answer.");

  /** Of such a header it is told anyway that it is for one's own server. */
  private static final Pattern OF_FORGERY = Pattern.compile("(?i)x-?(?:csrf|xsrf)-?token");

  /** What a person calls it, behind the name of its owner. */
  private static final String SERVICE =
      "(?: ?['’]?s)? %s(?:(?:rest |web |public |open )?(?:apis?|cdn|service)|is configured|does not (?:allow|send|support))\\b";

  private static final Pattern LABEL =
      Pattern.compile(
          "(?:.*\\.)?([a-z0-9-]{4,40})\\.(?:(?:com?|org|net|gov|ac|edu)\\.)?[a-z]{2,18}");

  private ServerOwner() {}

  /**
   * Whether a text names the owner of a host, which is not the reader: {@code the Foo API} beside
   * {@code https://api.foo.com}.
   */
  static boolean isNamed(String host, PastedText paste) {
    Matcher label = LABEL.matcher(host);
    if (!label.matches()) {
      return false;
    }
    String name =
        Pattern.quote(label.group(1))
            .concat("|" + Pattern.quote(label.group(1).replaceFirst("(?<=[a-z0-9]{5})-.*", "")));
    return Pattern.compile(
            "(?<!\\bmy )(?<!\\bour )(?<![\\w./:@-])(?:\\bthe (?:%s)%s|(?:%s)%s)"
                .formatted(
                    name, SERVICE.formatted("(?:[a-z]{2,14} ){0,3}?"), name, SERVICE.formatted("")))
        .matcher(paste.plain())
        .find();
  }

  /**
   * What to do about a server that is somebody else's, as the paste says.
   *
   * @param header name of the request header that is not allowed; empty if that is not the cause
   * @param lacks whether its answer lacks the page's origin
   */
  static List<Advice> ofNamed(Remedy remedy, String header, boolean lacks) {
    List<Advice> advice = new ArrayList<>();
    if (remedy.code().equals("HEADER_NOT_ALLOWED") && !OF_FORGERY.matcher(header).matches()) {
      advice.add(isLogin(remedy, header) ? OWN_LOGIN : OTHERS_HEADER);
    }
    if (remedy.code().equals("ACAO_WILDCARD_CREDENTIALS")) {
      advice.add(NO_COOKIES);
    }
    advice.add(ASK_BY_SERVER);
    if (lacks) {
      advice.add(THEIR_ERROR);
    }
    return advice;
  }

  /**
   * What to do where a file's answer names the page of a site that has nothing to do with the
   * reader's; empty if it is not so.
   *
   * @param value that the answer has
   */
  public static Optional<Advice> ofCachedFile(String asked, String origin, String value) {
    Optional<Url> named = AskedUrl.ofSite(value);
    boolean unrelated =
        named.isPresent()
            && Stream.of(asked, origin)
                .allMatch(
                    each ->
                        AskedUrl.ofSite(each)
                            .filter(
                                site ->
                                    !site.origin()
                                        .isSchemelesslySameSite(
                                            named.get().origin(), Origin.SOME_PUBLIC_SUFFIXES))
                            .isPresent());
    return unrelated
            && AskedFile.isPartOfPage(asked)
            && OriginPair.isElsewhere(Url.parse(asked).orElseThrow(), origin)
        ? Optional.of(
            Topic.NOT_YOURS.advice(
                "That answer was made for a page of "
                    + value
                    + ", so most likely this is a public CDN, which sends back the origin that asks, and whose"
                    + " cache gives that answer to others as well. If it is not yours, you cannot change its"
                    + " headers: take the file from another CDN, or put a copy beside your page. If it is"
                    + " yours: send * (or Vary: Origin with each answer), and empty its cache."))
        : Optional.empty();
  }

  /**
   * For a file, or a page for people.
   *
   * @param code of what is wrong with the header
   */
  static Advice ofSite(boolean file, String code) {
    return switch (code) {
      case "ACAO_MULTIPLE" -> TWICE_NOT_YOURS;
      case "ACAO_MISMATCH", "ACAO_INVALID" -> file ? VALUE_YOURS_OR_NOT : NOT_YOURS;
      default -> file ? FILE_YOURS_OR_NOT : NOT_YOURS;
    };
  }

  /**
   * Whether it is a token or password that the server's list lacks.
   *
   * @param header name of the request header that is not allowed; empty if that is not the cause
   */
  static boolean isLogin(Remedy remedy, String header) {
    return Bytes.equalIgnoringCase(header, "Authorization")
        && remedy
            .grant()
            .filter(each -> each.requestHeaders().contains("authorization"))
            .isPresent();
  }
}
