package dev.crosswalk.cors.cli.remedy;

import java.util.Optional;
import java.util.Set;

/**
 * What a piece of advice is about, so that another one that says it more exactly can replace it.
 * Most have no such topic. Data files write it in front of it: {@code @TWO_LAYERS Let only one …}.
 */
public enum Topic {
  /** Nothing that another piece of advice says as well. */
  NONE,

  // -------------------------------------------------------------------------- general advice

  /** A CORS layer has to list the page's origin, or somebody has to add one. */
  ADD_ORIGIN,
  /** A server or a proxy failed, as a status 5xx alone tells. */
  FAILED,
  /** A request is refused, as a status 4xx alone tells. */
  REFUSED,
  /** Who answered an error, and where its log is. */
  ANSWERED_BY,
  /** What the text shows is a fault of another kind, and no header is to be changed. */
  OTHER_FAULT,
  /** The status of the answer has to be looked at. */
  SEE_STATUS,
  /** The same of a preflight, with what each status means. */
  SEE_PREFLIGHT,
  /** The page has to ask where a redirect leads, which is not known. */
  FINAL_URL,
  /** Why an error was answered, as its body says. */
  SAID_WHY,
  /** Whether the server is the reader's own is asked, and nothing is told of it. */
  WHOSE_SERVER,
  /** The text says that the server is not the reader's own. */
  NOT_YOURS,
  /** A server of one's own has to ask a service of others. */
  ASK_BY_SERVER,
  /** Nothing in the answers is of a CORS layer, and nothing tells whose it would be. */
  NO_SIGN_OF_LAYER,
  /** Nothing in the answers is of a CORS layer, and what shows itself has one of its own. */
  NO_SIGN_OF_KNOWN_LAYER,
  /** The framework in the text has no CORS layer. */
  NO_LAYER,
  /** The same, and how that framework gets one. */
  NO_LAYER_IN_CODE,
  /** Crosswalk answers, so that its policy is to be changed, and no header is to be added. */
  POLICY_OF_CROSSWALK,
  /** Two layers write the header. */
  TWO_LAYERS,
  /** That two layers write the header, where the text shows them. */
  TWO_LAYERS_IN_TEXT,
  /** The header has the page of development or the deployed one, and the other one asks. */
  OTHER_STAGE,
  /** A cache may have kept an answer for another page. */
  KEPT_ANSWER,
  /** Something was put in front, and it began then. */
  FRONT_ADDED,
  /** What takes long fails. */
  SLOW,
  /** In a gateway, what answers comes before CORS. */
  GATEWAY_ORDER,
  /** A file of the page's own site, which has several addresses. */
  SITES_FILE,
  /** The page has to ask where a redirect leads. */
  REDIRECT_TARGET,
  /** The page has to write the slash at the end of a path. */
  PATH_SLASH,
  /** OPTIONS is answered as it should be, and the request itself is not. */
  OPTIONS_ANSWERED,
  /** What is usually told first is done, as somebody says, and had no effect. */
  DONE,
  /** Another answer has the header. */
  OTHER_ANSWER,
  /** Others are served, and one person is not. */
  OTHERS_SERVED,
  /** The same settings do in another version. */
  NEWER_VERSION,
  /** The same page has another address, at which it works. */
  OTHER_ADDRESS,
  /** The header names the server, and not the page. */
  NAME_OF_SERVER,
  /** One value is to be corrected, and nothing else of the configuration. */
  VALUE_ALONE,
  /** The same, and that nothing else is to be changed is what it says at its end. */
  NOTHING_ELSE,
  /** The code in the text answers OPTIONS too late. */
  OPTIONS_FIRST,
  /** The code in the text does not answer OPTIONS. */
  OPTIONS_UNANSWERED,
  /** A plain GET needs no preflight, and so it works. */
  PLAIN_GET,
  /** A request without cookies needs no credentials. */
  NO_COOKIES,
  /** A request with cookies needs a named origin. */
  NAME_ORIGIN,
  /** The code names the page, and the answer has {@code *}, so it is not from that code. */
  NOT_FROM_CODE,
  /** The code answers {@code *} to a request with credentials. */
  ANSWERS_ANY,

  // ------------------------------------------------------------------------ methods and headers

  /** A header that no server should list. */
  NOT_TO_ADD,
  /** A method or a header is to be added to a list. */
  ADD_NAME,
  /** Content-Type alone is to be added to a list. */
  ADD_TYPE,
  /** The code sets a header by a name that browsers do not know. */
  HEADER_NAME,
  /** The same, with that name. */
  HEADER_MISSPELLED,
  /** If the name is listed already, another layer answers. */
  LISTED_ELSEWHERE,
  /** The setting of rack-cors for methods. */
  RACK_CORS,
  /** A header is to be removed from the request, if the server does not need it. */
  MAY_REMOVE_HEADER,
  /** A header is to be removed, as the server is not the reader's own. */
  REMOVE_HEADER,
  /** Authorization is to be removed, as the server is not the reader's own. */
  REMOVE_LOGIN,
  /** A token against forged requests is to be sent to one's own server alone. */
  SECRET_OF_PAGE,
  /** What adds a header to each request. */
  INTERCEPTOR,
  /** Cloudinary takes no headers of one's own. */
  CLOUDINARY,
  /** A body of JSON needs Content-Type. */
  TYPE_OF_JSON,
  /** The script sends Content-Type without a body. */
  SENDS_TYPE,
  /** The header is one that only servers send. */
  RESPONSE_HEADER,
  /** The script sends headers that only servers send. */
  SENDS_RESPONSE_HEADERS,
  /** If the request has the mode no-cors, it is to be removed. */
  MAY_BE_NO_CORS,
  /** The request has the mode no-cors. */
  NO_CORS,

  // ----------------------------------------------------------------------- lists and settings

  /** What is wrong with the Spring application in the text. */
  SPRING,
  /** The Spring application in the text allows the request. */
  SPRING_GRANTS,
  /** A layer in the text covers other paths than that of the URL. */
  PATHS,
  /** The code lists the page's origin. */
  LISTS_PAGE,
  /** The code lists origins, and the page's is not known. */
  LISTS_ORIGINS,
  /** The code lists the page's origin wrongly, or another one. */
  LISTS_OTHERS,
  /** The code lists methods or request headers, and what the request has among them or not. */
  LISTS_NAMES,
  /** The code lists the method or the request header of the message, so another layer answers. */
  NAME_LISTED,
  /** The code has a request header in the list of those of answers. */
  EXPOSES_NAME,
  /** The settings of some server list the page's origin. */
  SETTINGS_LIST,
  /** What the settings in a paste have. */
  SETTING,
  /** The settings have the value, and the program has not read it. */
  SETTING_NOT_READ,
  /** The settings have the value in a list of JSON. */
  SETTING_IN_JSON,
  /** The settings have an origin without its scheme. */
  SETTING_WITHOUT_SCHEME,
  /** The settings have nearly the same value. */
  SETTING_NEAR,
  /** The settings have the same value but its scheme. */
  SETTING_DIFFERS,
  /** The settings have the same value but its port. */
  SETTING_OTHER_PORT,
  /** The settings have the same value with a slash at its end. */
  SETTING_WITH_SLASH,
  /** The request in the text names an origin as no browser writes it. */
  SENT_ORIGIN,
  /** The settings have the same value within quotation marks. */
  SETTING_QUOTED,
  /** The setting is commented out. */
  SETTING_COMMENTED,
  /** An origin in a configuration has a slash at its end. */
  SLASH,
  /** A value in a configuration has quotation marks that are a part of it. */
  QUOTED,
  /** An origin in a configuration has no scheme. */
  NO_SCHEME,
  /** A variable has a list of JSON. */
  JSON_VARIABLE,
  /** What is wrong with the CORS layer in the text. */
  LAYER,
  /** The lines about CORS are commented out. */
  COMMENTED_OUT,

  // --------------------------------------------------------------------- servers and their places

  /** What counts only if a guess is right, such as one by a port or a path. */
  GUESS,
  /** The same, of a program of the visitor's own machine, which pages of others ask. */
  DESKTOP,
  /** What a platform answers by itself, if the application does not. */
  GATE,
  /** socket.io has a setting of its own. */
  SOCKET_IO,
  /** The code starts socket.io without that setting. */
  SOCKET_IO_STARTED,
  /** A gateway of NestJS has a setting of its own. */
  NEST_GATEWAY,
  /** An extension of the browser asks, most likely. */
  EXTENSION,
  /** What the manifest of an extension in the text says of the request. */
  MANIFEST,
  /** What a platform, known by its host, needs in general. */
  PLATFORM,
  /** What it needs, as the text shows. */
  PLATFORM_IN_TEXT,
  /** A bucket needs a rule. */
  BUCKET,
  /** A bucket of Google needs a rule. */
  GOOGLE_BUCKET,
  /** The rules of a bucket do not fit the request. */
  BUCKET_RULES,
  /** The rules of a bucket have no header of the request. */
  BUCKET_HEADERS,
  /** The routes of the server have a slash at the end. */
  ROUTES_WITH_SLASH,
  /** A proxy of a development server is in the text. */
  DEVELOPMENT_PROXY,
  /** What is wrong with the proxy of a development server. */
  PROXY_IN_TEXT,
  /** The text sets headers on the page's own host, and another server is asked. */
  PAGE_HEADERS,
  /** The proxy in front takes the header away, asks another path, or answers OPTIONS itself. */
  PROXY_IN_FRONT,
  /** The proxy in front asks OPTIONS for a login. */
  LOGIN_OF_OPTIONS,
  /** Authentication may come before the CORS layer. */
  LOGIN_BEFORE_CORS,
  /** The token is one that only servers may ask for. */
  CLIENT_CREDENTIALS,
  /** A page has a secret in it. */
  PAGE_SECRET,
  /** The folder of a file is to be served, or the app needs an origin. */
  SERVE_FOLDER,
  /** A file that only a web server with its language runs. */
  RUN_BY_SERVER,
  /** The page of a file in Electron. */
  ELECTRON_FILE,
  /** A page on https is to ask for https. */
  ASK_FOR_HTTPS,
  /** If the page asks for https already, a redirect leads to http. */
  MAY_BE_HTTPS,
  /** The program does not know of the TLS in front of it. */
  NOT_SECURE,
  /** The page and the URL are of the same host. */
  SAME_HOST,

  /** The permission to ask this machine or its network is the user's. */
  LOCAL_NETWORK,

  // ------------------------------------------------------------------------- policies and videos

  /** A policy that only reports blocks nothing. */
  REPORT_ONLY,
  /** Whose file a line names. */
  FILE_OF_LINE,
  /** If the file is nobody's, an extension did it. */
  FILE_OF_EXTENSION,
  /** The page of an app in which a video is shown. */
  VIDEO_IN_APP,
  /** If a page is one of an app, it has no address. */
  PAGE_OF_APP;

  /** A piece of advice about this. */
  public Advice advice(String words) {
    return new Advice(this, Set.of(), Optional.empty(), words);
  }
}
