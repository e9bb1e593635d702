package dev.crosswalk.cors.cli.explain.paste;

import dev.crosswalk.cors.tck.url.Bytes;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Programs that a person names to say that they have no part in it: {@code it is not nginx}, {@code
 * we moved from Firebase}. Where one is told so, its name is a sign of nothing. Where one is told
 * of beside the one that is asked, that mention of it is none.
 */
public final class DeniedPrograms {

  /** Names for which something is told, and under which nobody understands anything else. */
  private static final String NAME =
      "((?:nginx|apache|caddy|traefik|haproxy|cloudflare|cloudfront|cdn|s3|minio|django|flask|fastapi"
          + "|express|spring(?: boot| security)?|laravel|rails|wordpress|woocommerce|keycloak|supabase|firebase"
          + "|electron|cordova|capacitor|ionic|flutter|react[- ]native|vite|webpack|next\\.?js|nuxt|figma"
          + "|kong|tyk|iis|jenkins|grafana|streamlit|jupyter|vercel|netlify|heroku|kubernetes|api gateway"
          + "|lambda|(?:browser|chrome|firefox|edge) (?:extension|add-?on)|extension|add-?on|swagger(?: ui)?"
          + "|socket\\.io|graphql|bucket|auth0|ollama|couchdb|elasticsearch|home assistant|nextcloud"
          + "|salesforce|shopify|zendesk|webview|sandbox|iframe|service worker|ad ?blocker|proxy|vpn"
          + "|fastify|zuul|koa|hono|ktor|micronaut|quarkus|javalin|vert\\.x|tomcat|jetty|grails|dropwizard|helidon|http4s|akka(?: http)?|wildfly|jboss|payara|glassfish|jersey|solr|opensearch|nexus|jira|gin|symfony|blazor|asp\\.net(?: core)?"
          + "|okta|cognito|appwrite|pocketbase|hasura|directus|neo4j|vault|rabbitmq|playwright|cypress|unity"
          + "|helmet|tauri|metabase|tableau|strapi|nestjs|angular|(?:third|3rd)[ -]party(?: (?:api|server|service|endpoint))?))";

  private static final String END =
      "s?(?=[.,;:!?)\\n]| (?:here|involved|installed|enabled|active|at all|and|or|nor|but|any ?more|anywhere|that|which|who|in (?:front|between|use|this|our|my|the))\\b|$| - )";

  /** From one version of it to another it is still there. */
  private static final String UPGRADE =
      "(?!(?: boot)? (?:version |v)?[0-9][0-9.x]{0,10} (?:to|-{1,2}>|→|=>) (?:\\6 (?:boot )?)?v?[0-9])";

  private static final Pattern WORDS =
      Pattern.compile(
          "(?:\\b(?:not|no|nor|neither|never)(?: (?:a|an|the|any|use|used|using|have|on|behind|through|in)){0,5}"
              + "|\\b(?:(?:do|does|did)(?:n['’]?t| not)) (?:use|have|run)(?: (?:a|an|the|any))?"
              + "|\\bwithout(?: (?:a|an|the|any))?) "
              + NAME
              + END
              + "|\\bdon['’]?t think (?:that )?(?:it['’]?s|it is|this is|the (?:problem|issue|cause|fault) is)(?: (?:a|an|the|by|from|in|of|with)){0,2} "
              + NAME
              + END
              + "|\\b"
              + NAME
              + " (?:isn['’]?t|is not|was not|wasn['’]?t) (?:the (?:cause|problem|issue|culprit|reason)|to blame|involved|used|in use)\\b"
              + "|(?<!\\p{L})(?:(?:keine?n?|ohne|nicht(?: über| mit| hinter)?|sin|sans|sem|pas (?:de|d)|no (?:uso|usamos|hay|tengo|tenemos)"
              + "|não (?:uso|usamos|tenho|temos|há)|без|нет|не (?:использу(?:ю|ем)|использовал[аи]?|настраивал[аи]?))"
              + "(?: (?:un|una|um|uma|einen?|el|le|la|ningún|aucun|nenhum))? |(?:没有?|沒有?|不)(?:使?用|配置)? ?)"
              + NAME
              + END
              + "|(?<![\\p{L}/.:])"
              + NAME
              + " (?:не (?:настраивал[аи]?|использу(?:ю|ем|ется)|причём)|wird nicht (?:verwendet|benutzt)|no se usa|n est pas utilisé)(?!\\p{L})"
              + "|\\b(?:(?:moved|migrat(?:e|ed|ing)|switched|changed|ported) (?:away )?"
              + "|(?:i|we)(?:['’](?:m|re|ve)| am| are| have)? (?:just |originally )?(?:came|come|coming) |(?<![\\p{L}\\d,] )coming )from "
              + NAME
              + "\\b"
              + UPGRADE);

  /** A line of a form: {@code Proxy: none}. */
  private static final Pattern NONE =
      Pattern.compile("\\b" + NAME + "(?: [a-z]{1,12}){0,2}:[* ]{0,4}(?:n/a|none)\\b");

  /** It works, and not: somebody works. */
  private static final String WORKS =
      "(?<!not )(?<!n[' ]?t )(?<!never )(?<!longer )(?<!\\bi )(?<!\\bwe )(?<!\\bhave )\\bwork(?:s|ed)?"
          + "(?: (?:fine|well|perfectly|great|ok))?";

  /** It works there, and the question is about the same program. */
  private static final String ASKS_FOR_IT =
      "(?!\\. (?:so |and |now )?how (?:can|do|should|to|would) (?:(?:i|we|you|one) )?"
          + "(?:enable|add|allow|activate|turn on|set up|set|configure|send|get) (?:the )?cors(?: headers?| support)?(?:\\?|\\.|$| (?:there|in it)\\b))";

  /**
   * A program beside the one that is asked: {@code it works with nginx}, {@code I also tried
   * Caddy}, {@code another project uses Django}. What else the text says of it still counts.
   */
  private static final Pattern BESIDE =
      Pattern.compile(
          "((?:\\b(?:instead of|rather than|unlike|similar to|compared (?:to|with)|as (?:in|with)|like (?:in|with))"
              + "|"
              + WORKS
              + " (?:with|on|in|behind|through)"
              + "|\\bsame (?:\\w{1,12} )?(?:with|on|in|behind)"
              + "|\\balso (?:tried|tested)(?: (?:it|this))?(?: (?:with|on|in|behind))?"
              + "|\\b(?:another|other|second|different|old|previous|former) (?:project|app|application|server|service|site)s?"
              + "(?: of (?:ours|mine))?,? (?:which |that )?(?:is |are )?(?:uses?|used|with|on|in|runs?|behind|made with|written in)"
              + "|\\bused to (?:use|run|have|be on)|\\b(?:previously|formerly)(?: (?:used|had|ran|on|with|in))?"
              + "|\\b(?:should|could|can|would|do) (?:i|we) (?:also )?(?:use|need|add|try|switch to|move to)"
              + "|\\b(?:articles?|tutorials?|blog ?posts?|guides?|threads?|books?) (?:about|on|for|of)"
              + "|\\b(?:something|anything|a tool|a product) like"
              + "|\\b(?:thinking|considering|planning)(?: (?:of|about|to))? (?:us(?:e|ing)|mov(?:e|ing) to|switch(?:ing)? to))"
              + "(?: (?:a|an|the|using|our|my))? )"
              + NAME
              + "s?(?![a-z0-9_-]|[./:(][a-z0-9])"
              + ASKS_FOR_IT);

  /** What somebody else says, and not the person's own code: {@code the docs say: "..."}. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?i)(\\b(?:docs?|documentation|manual|readme|guide|tutorial|article|answers?)\\b[^.:;\\n]{0,40}"
              + "\\b(?:says?|said|states?|reads?|suggests?|recommends?|tells?|mentions?)\\b[^\"“`\\n]{0,20})"
              + "(?:\"[^\\n]{1,600}\"|“[^”]{1,600}”|`[^`\\n]{1,600}`)");

  /** What somebody has read is about a program, which is not the one that is asked. */
  private static final Pattern READ_OF =
      Pattern.compile(
          "(?i)(\\b(?:articles?|tutorials?|blog ?posts?|guides?|threads?|books?) (?:about|on|for|of)(?: (?:a|an|the))? )"
              + NAME
              + "s?(?![a-z0-9_-]|[./:(][a-z0-9])");

  private DeniedPrograms() {}

  /** A text as it was pasted, without what it quotes from somebody's documentation. */
  static String withoutQuoted(String text) {
    return QUOTED.matcher(text).replaceAll("$1");
  }

  /** A plain text without the names of what it denies. */
  static String without(String text) {
    Set<String> names = new TreeSet<>();
    addAll(names, WORDS, text);
    if (text.contains("n/a") || text.contains("none")) {
      addAll(names, NONE, text);
    }
    String asked = BESIDE.matcher(text).replaceAll("$1it");
    if (names.isEmpty()) {
      return asked;
    }
    if (names.contains("s3")) {
      names.add("bucket");
    }
    return withoutAll(names, asked);
  }

  /** A text as it was pasted, without the names of what it denies. */
  public static String withoutDenied(String pasted) {
    String asked = READ_OF.matcher(pasted).replaceAll("$1it");
    String lower = Bytes.lowerCase(asked);
    Set<String> names = new TreeSet<>();
    addAll(names, WORDS, lower);
    return names.isEmpty()
        ? asked
        : withoutAll(names, lower.length() == asked.length() ? asked : lower);
  }

  private static String withoutAll(Set<String> names, String text) {
    String any = names.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    return text.replaceAll(
        "(?i)(?<![a-z0-9./:_-])(?:" + any + ")s?(?![a-z0-9/:_(-]|\\.[a-z])", "it");
  }

  private static void addAll(Set<String> names, Pattern denied, String text) {
    Matcher matcher = denied.matcher(text);
    while (matcher.find()) {
      IntStream.rangeClosed(1, matcher.groupCount())
          .mapToObj(matcher::group)
          .filter(Objects::nonNull)
          .forEach(names::add);
    }
  }
}
