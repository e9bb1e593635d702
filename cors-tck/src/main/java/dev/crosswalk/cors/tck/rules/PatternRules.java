package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;

/** Which origins a pattern stands for: subdomains, ports, and parts of a label. */
interface PatternRules extends RuleBook {

  private static void grants(Site site, String origin) {
    site.from(origin).shared(INCLUDE).has("Access-Control-Allow-Origin", origin);
    site.preflight(origin, "PUT", "x-tck").permits(INCLUDE);
  }

  private static void refuses(Site site, String origin) {
    site.hostile(Observation::lacksCors, "Origin", origin);
  }

  @Rule(
      level = MUST,
      source = Source.CORS_CHECK,
      intent = "The pattern says any host below.",
      lookAt = LookAt.PATTERNS)
  default void PA01_a_subdomain_is_granted() {
    grants(site(TestPolicy.PATTERNS), "https://a.sub.tck.example");
  }

  @Rule(
      level = MUST,
      source = Source.CORS_CHECK,
      intent = "The wildcard stands for one or more labels.",
      lookAt = LookAt.PATTERNS)
  default void PA02_a_subdomain_at_any_depth_is_granted() {
    grants(site(TestPolicy.PATTERNS), "https://a.b.c.sub.tck.example");
  }

  @Rule(
      level = MUST,
      source = Source.CORS_CHECK,
      intent = "Browsers send such hosts.",
      lookAt = LookAt.PATTERNS)
  default void PA03_a_subdomain_with_an_underscore_or_a_digit_is_granted() {
    grants(site(TestPolicy.PATTERNS), "https://my_app-1.sub.tck.example");
  }

  @Rule(
      level = MUST,
      source = Source.CORS_CHECK,
      intent = "The pattern says any port.",
      lookAt = LookAt.PATTERNS)
  default void PA04_an_origin_on_any_port_is_granted() {
    grants(site(TestPolicy.PATTERNS), "http://localhost:5173");
  }

  @Rule(
      level = MUST,
      source = Source.CORS_CHECK,
      intent = "Any port is also the default one.",
      lookAt = LookAt.PATTERNS)
  default void PA05_an_origin_on_no_port_where_any_may_be_is_granted() {
    grants(site(TestPolicy.PATTERNS), "http://localhost");
  }

  @Rule(
      level = MUST,
      source = Source.CORS_CHECK,
      intent = "Ports end at 65535.",
      lookAt = LookAt.PATTERNS)
  default void PA06_an_origin_on_the_highest_port_is_granted() {
    grants(site(TestPolicy.PATTERNS), "http://localhost:65535");
  }

  @Rule(
      level = MUST,
      source = Source.CORS_CHECK,
      intent = "Previews of a site differ in one label.",
      lookAt = LookAt.PATTERNS)
  default void PA07_a_label_that_matches_a_wildcard_inside_is_granted() {
    grants(site(TestPolicy.PATTERNS), "https://app-42-team.tck.example");
  }

  @Rule(
      level = MUST,
      source = Source.CORS_CHECK,
      intent = "A wildcard inside a label stands for characters of a label.",
      lookAt = LookAt.PATTERNS)
  default void PA08_a_label_whose_wildcard_has_hyphens_is_granted() {
    grants(site(TestPolicy.PATTERNS), "https://app-feature-x-team.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "The wildcard stands for at least one label; the apex is named apart.",
      lookAt = LookAt.PATTERNS)
  default void PA09_the_apex_of_a_subdomain_pattern_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://sub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "No host begins with a dot.",
      lookAt = LookAt.PATTERNS)
  default void PA10_an_empty_label_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://.sub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "No host has two dots in a row.",
      lookAt = LookAt.PATTERNS)
  default void PA11_an_empty_label_in_the_middle_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://a..sub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A pattern ends at a dot.",
      lookAt = LookAt.PATTERNS)
  default void PA12_a_suffix_that_begins_within_a_label_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://evilsub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A pattern ends where the host ends.",
      lookAt = LookAt.PATTERNS)
  default void PA13_a_host_that_goes_on_after_the_pattern_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://a.sub.tck.example.evil.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A pattern has one scheme.",
      lookAt = LookAt.PATTERNS)
  default void PA14_a_subdomain_without_TLS_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "http://a.sub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A pattern without a port has none.",
      lookAt = LookAt.PATTERNS)
  default void PA15_a_subdomain_on_another_port_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://a.sub.tck.example:8443");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "With the dot it is another host.",
      lookAt = LookAt.PATTERNS)
  default void PA16_a_subdomain_with_a_dot_at_its_end_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://a.sub.tck.example.");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "What stands before the @ is no label.",
      lookAt = LookAt.PATTERNS)
  default void PA17_a_subdomain_after_a_user_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://evil.example@a.sub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "What stands after a slash is no host.",
      lookAt = LookAt.PATTERNS)
  default void PA18_a_subdomain_after_a_slash_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://evil.example/.sub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "What stands after a question mark is no host.",
      lookAt = LookAt.PATTERNS)
  default void PA19_a_subdomain_after_a_question_mark_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://evil.example?.sub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "What stands after a number sign is no host.",
      lookAt = LookAt.PATTERNS)
  default void PA20_a_subdomain_after_a_number_sign_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://evil.example#.sub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Browsers take a backslash for a slash.",
      lookAt = LookAt.PATTERNS)
  default void PA21_a_subdomain_after_a_backslash_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://evil.example\\.sub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Origins are not encoded.",
      lookAt = LookAt.PATTERNS)
  default void PA22_a_subdomain_after_an_encoded_byte_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://evil.example%00.sub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A comma is no letter of a host.",
      lookAt = LookAt.PATTERNS)
  default void PA23_a_subdomain_after_a_comma_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://evil.example,.sub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A space is no letter of a host.",
      lookAt = LookAt.PATTERNS)
  default void PA24_a_subdomain_after_a_space_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://evil.example .sub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A port ends an origin.",
      lookAt = LookAt.PATTERNS)
  default void PA25_a_subdomain_after_a_port_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://evil.example:80.sub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Browsers send hosts in lower case.",
      lookAt = LookAt.PATTERNS)
  default void PA26_a_subdomain_in_upper_case_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://A.sub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A pattern is no origin.",
      lookAt = LookAt.PATTERNS)
  default void PA27_a_literal_star_for_a_label_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://*.sub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Labels have 63 characters at most.",
      lookAt = LookAt.PATTERNS)
  default void PA28_a_label_longer_than_a_label_is_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://" + "a".repeat(64) + ".sub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Hosts have 253 characters at most.",
      lookAt = LookAt.PATTERNS)
  default void PA29_a_host_longer_than_a_host_is_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://" + "a.".repeat(130) + "sub.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Ports end at 65535.",
      lookAt = LookAt.PATTERNS)
  default void PA30_a_port_beyond_the_highest_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "http://localhost:65536");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "No page is served on port 0.",
      lookAt = LookAt.PATTERNS)
  default void PA31_port_zero_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "http://localhost:0");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Browsers write ports without zeros in front.",
      lookAt = LookAt.PATTERNS)
  default void PA32_a_port_with_a_leading_zero_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "http://localhost:08080");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Browsers leave the default port out.",
      lookAt = LookAt.PATTERNS)
  default void PA33_a_default_port_written_out_where_any_may_be_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "http://localhost:80");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A colon calls for a port.",
      lookAt = LookAt.PATTERNS)
  default void PA34_an_empty_port_where_any_may_be_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "http://localhost:");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A port is a number.",
      lookAt = LookAt.PATTERNS)
  default void PA35_a_port_that_is_no_number_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "http://localhost:80a");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A port ends an origin.",
      lookAt = LookAt.PATTERNS)
  default void PA36_a_host_after_the_port_where_any_may_be_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "http://localhost:80.evil.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "The wildcard stands for at least one character.",
      lookAt = LookAt.PATTERNS)
  default void PA37_an_empty_wildcard_inside_a_label_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://app--team.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "Such a host may be registered by anybody, where labels are.",
      lookAt = LookAt.PATTERNS)
  default void PA38_a_wildcard_inside_a_label_that_crosses_a_dot_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://app-x.evil-team.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A pattern ends where the label ends.",
      lookAt = LookAt.PATTERNS)
  default void PA39_a_label_that_goes_on_after_its_pattern_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://app-x-team2.tck.example");
  }

  @Rule(
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      intent = "A pattern begins where the label begins.",
      lookAt = LookAt.PATTERNS)
  default void PA40_a_label_that_begins_before_its_pattern_is_refused() {
    refuses(site(TestPolicy.PATTERNS), "https://myapp-x-team.tck.example");
  }
}
