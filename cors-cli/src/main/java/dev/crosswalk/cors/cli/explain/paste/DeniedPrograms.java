package dev.crosswalk.cors.cli.explain.paste;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Programs that a person names to say that they have no part in it: {@code it is not nginx}, {@code
 * we moved from Firebase}. Where one is told so, its name is a sign of nothing.
 */
final class DeniedPrograms {

  /** Names for which something is told, and under which nobody understands anything else. */
  private static final String NAME =
      "((?:nginx|apache|caddy|traefik|haproxy|cloudflare|cloudfront|cdn|s3|minio|django|flask|fastapi"
          + "|express|spring(?: boot)?|laravel|rails|wordpress|woocommerce|keycloak|supabase|firebase"
          + "|electron|cordova|capacitor|ionic|flutter|react[- ]native|vite|webpack|next\\.?js|nuxt|figma"
          + "|kong|tyk|iis|jenkins|grafana|streamlit|jupyter|vercel|netlify|heroku|kubernetes|api gateway"
          + "|lambda|(?:browser|chrome|firefox|edge) (?:extension|add-?on)|extension|add-?on|swagger(?: ui)?"
          + "|socket\\.io|graphql|bucket|auth0|ollama|couchdb|elasticsearch|home assistant|nextcloud"
          + "|salesforce|shopify|zendesk|webview|sandbox|iframe|service worker|ad ?blocker|proxy|vpn"
          + "|helmet|tauri|metabase|tableau|strapi|nestjs|angular|tomcat|(?:third|3rd)[ -]party(?: (?:api|server|service|endpoint))?))";

  private static final String END =
      "(?=[.,;:!?)\\n]| (?:here|involved|at all|and|or|nor|but|any ?more|anywhere|in (?:front|between|use))\\b|$| - )";

  private static final Pattern WORDS =
      Pattern.compile(
          "(?:\\b(?:not|no|nor|neither|never)(?: (?:a|an|the|any|use|used|using|have|on|behind|through|in)){0,5}"
              + "|\\b(?:dont|doesnt|didnt|do not|does not|did not) (?:use|have|run)(?: (?:a|an|the|any))?"
              + "|\\bwithout(?: (?:a|an|the|any))?) "
              + NAME
              + END
              + "|\\b(?:moved|migrat(?:e|ed|ing)|switched|changed|came|come|coming|ported) (?:away )?from "
              + NAME
              + "\\b");

  /** What somebody else says, and not the person's own code: {@code the docs say: "..."}. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?i)(\\b(?:docs?|documentation|manual|readme|guide|tutorial|article|answers?)\\b[^.:;\\n]{0,40}"
              + "\\b(?:says?|said|states?|reads?|suggests?|recommends?|tells?|mentions?)\\b[^\"“`\\n]{0,20})"
              + "(?:\"[^\\n]{1,600}\"|“[^”]{1,600}”|`[^`\\n]{1,600}`)");

  private DeniedPrograms() {}

  /** A text as it was pasted, without what it quotes from somebody's documentation. */
  static String withoutQuoted(String text) {
    return QUOTED.matcher(text).replaceAll("$1");
  }

  /** A plain text without the names of what it denies. */
  static String without(String text) {
    Set<String> names = new TreeSet<>();
    Matcher denied = WORDS.matcher(text);
    while (denied.find()) {
      names.add(denied.group(1) == null ? denied.group(2) : denied.group(1));
    }
    if (names.isEmpty()) {
      return text;
    }
    if (names.contains("s3")) {
      names.add("bucket");
    }
    String any = names.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    return text.replaceAll("(?<![a-z0-9./:_-])(?:" + any + ")s?(?![a-z0-9/:_(-]|\\.[a-z])", "it");
  }
}
