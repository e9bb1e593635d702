package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.PROFILE;

/**
 * Origins that look like an allowed one to a comparison that is less than exact. Each is what an
 * attacker registers, or makes a program send.
 */
interface LookAlikeRules extends RuleBook {

  /** Not granted to an actual request, nor to a preflight. */
  private static void refuses(Site site, String origin) {
    // Where any origin may read, there is nothing to look like.
    site.refused();
    site.hostile(seen -> refused(site, seen), "Origin", origin);
  }

  private static void refused(Site site, Observation seen) {
    if (site.isOfTheKit()) {
      seen.lacksCors();
    }
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Anybody can register a name that begins like another.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA01_a_name_that_begins_with_an_allowed_one_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed() + ".evil.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Anybody can register a name that ends like another.",
      lookAt = LookAt.COMPARISON)
  default void LA02_a_name_that_ends_with_an_allowed_one_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "https://evilapp.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A hyphen is no dot.",
      lookAt = LookAt.COMPARISON)
  default void LA03_a_name_that_ends_with_an_allowed_one_after_a_hyphen_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "https://not-app.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A subdomain may be somebody else's.",
      lookAt = LookAt.COMPARISON)
  default void LA04_a_subdomain_of_an_allowed_origin_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "https://x.app.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A parent domain may be somebody else's.",
      lookAt = LookAt.COMPARISON)
  default void LA05_the_parent_domain_of_an_allowed_origin_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "https://tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Anybody on the network can forge a page without TLS.",
      lookAt = LookAt.COMPARISON)
  default void LA06_an_allowed_origin_without_TLS_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "http://app.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A port is part of an origin.",
      lookAt = LookAt.COMPARISON)
  default void LA07_an_allowed_origin_with_another_port_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "https://app.tck.example:444");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "No browser writes a default port, so that whoever does is none.",
      lookAt = LookAt.COMPARISON)
  default void LA08_an_allowed_origin_with_its_default_port_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "https://app.tck.example:443");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent =
          "Browsers send hosts in lower case; an echo in upper case fails the browser's check.",
      lookAt = LookAt.COMPARISON)
  default void LA09_an_allowed_origin_in_upper_case_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "https://APP.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Browsers send schemes in lower case.",
      lookAt = LookAt.COMPARISON)
  default void LA10_an_allowed_origin_with_its_scheme_in_upper_case_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "HTTPS://app.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "An origin has no path, not even an empty one.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA11_an_allowed_origin_with_a_slash_at_its_end_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed() + "/");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "With the dot it is another host to a browser.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA12_an_allowed_origin_with_a_dot_at_its_end_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed() + ".");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "What stands before the @ is a user's name, and the host comes after it.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA13_an_allowed_origin_as_the_user_of_another_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed() + "@evil.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "An origin has no user.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA14_an_allowed_origin_with_a_user_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed().replace("://", "://evil.example@"));
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "An origin has no path.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA15_an_allowed_origin_with_a_path_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed() + "/index.html");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "An origin has no query.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA16_an_allowed_origin_with_a_query_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed() + "?x");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "An origin has no fragment.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA17_an_allowed_origin_with_a_fragment_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed() + "#x");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Some parsers end the host at a backslash, and some do not.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA18_an_allowed_origin_before_a_backslash_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed() + "\\.evil.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "An origin is not decoded.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA19_an_allowed_origin_with_an_encoded_dot_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed().replaceFirst("\\.", "%2e"));
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Some parsers decode before they split.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA20_an_allowed_origin_after_an_encoded_slash_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed().replace("://", "://evil.example%2f."));
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "In a regular expression a dot is any character.",
      lookAt = LookAt.COMPARISON)
  default void LA21_a_name_with_another_character_where_an_allowed_one_has_a_dot_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "https://appXtck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Browsers do send underscores.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA22_a_name_with_an_underscore_where_an_allowed_one_has_a_dot_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed().replaceFirst("\\.", "_"));
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Some browsers send such hosts, and some comparisons end there.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA23_an_allowed_origin_before_an_odd_character_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed() + "`.evil.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A list is no origin.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA24_a_list_that_ends_with_an_allowed_origin_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "https://evil.example, " + site.allowed());
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A list is no origin; an old standard had lists with spaces.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA25_a_list_that_begins_with_an_allowed_origin_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed() + " https://evil.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A colon calls for a port.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA26_an_allowed_origin_with_an_empty_port_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed() + ":");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A port is a number.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA27_an_allowed_origin_with_a_port_in_letters_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed() + ":https");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "65979 is 443 in sixteen bits.",
      lookAt = LookAt.COMPARISON)
  default void LA28_an_allowed_origin_with_a_port_that_overflows_to_its_own_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "https://app.tck.example:65979");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "No origin is called *.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA29_a_literal_star_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "*");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A pattern is what a policy says, not what a browser sends.",
      lookAt = LookAt.COMPARISON)
  default void LA30_a_pattern_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "https://*.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A Cyrillic letter looks like a Latin one, and is another.",
      lookAt = LookAt.COMPARISON)
  default void LA31_a_name_that_looks_like_an_allowed_one_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "https://xn--pp-7lc.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Browsers send ASCII.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA32_a_name_in_bytes_beyond_ASCII_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed().replaceFirst("://.", "://\u00d0\u00b0"));
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Without a scheme it is no origin.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA33_an_allowed_origin_without_its_scheme_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed().replaceFirst("^[a-z]+:", ""));
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A host is no origin.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA34_the_host_of_an_allowed_origin_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed().replaceFirst("^[a-z]+://", ""));
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Every file that the user opens has it.",
      lookAt = LookAt.COMPARISON)
  default void LA35_the_origin_of_a_file_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "file://");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "It is no origin; browsers send null for it.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA36_a_data_URL_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "data:,x");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A parser that repairs it is a browser's, not a server's.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA37_an_allowed_origin_with_a_slash_too_many_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed().replace("://", ":///"));
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A parser that repairs it is a browser's, not a server's.",
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void LA38_an_allowed_origin_with_no_slashes_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, site.allowed().replace("://", ":"));
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "What contains an allowed name is not allowed.",
      lookAt = LookAt.COMPARISON)
  default void LA39_an_allowed_name_twice_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "https://app.tck.example.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Brackets hold addresses of IPv6.",
      lookAt = LookAt.COMPARISON)
  default void LA40_an_allowed_name_in_brackets_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "https://[app.tck.example]");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "What contains an allowed origin is not allowed.",
      lookAt = LookAt.COMPARISON)
  default void LA41_an_allowed_origin_inside_another_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "https://evil.example/https://app.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "What an allowed origin contains is not allowed.",
      lookAt = LookAt.COMPARISON)
  default void LA42_an_allowed_origin_that_lacks_its_last_letter_is_refused() {
    Site site = site(TestPolicy.CREDENTIALS);
    refuses(site, "https://app.tck.exampl");
  }
}
