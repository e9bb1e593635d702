package dev.crosswalk.cors.cli.explain.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionManifestTest {

  private static final String EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop";

  private static final String URL = "https://api.pine.example/tags";

  private static String told(String url, String origin, String manifest) {
    return ExtensionManifest.told(url, origin, manifest).orElse("");
  }

  private static String named(String entry) {
    return "{ \"manifest_version\": 3, \"host_permissions\": [\"" + entry + "\"] }";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.pine.example/*",
        "*://api.pine.example/*",
        "https://*.pine.example/*",
        "https://api.pine.example:443/*",
        "*://*/*",
        "<all_urls>"
      })
  void a_host_that_is_named_has_no_effect_until_the_extension_is_loaded_again(String entry) {
    assertTrue(told(URL, EXTENSION, named(entry)).contains("is not in effect"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://pine.example/*, is another host",
    "https://*.example.org/*, is another host",
    "http://api.pine.example/*, 'begins with http:, and the URL with https:'",
    "https://api.pine.example:8443/*, has another port",
    "https://api.pine.example, has no path",
    "api.pine.example, is not a pattern"
  })
  void what_keeps_an_entry_from_fitting_is_told_with_the_one_that_fits(String entry, String why) {
    String told = told(URL, EXTENSION, named(entry));
    assertTrue(told.contains(why), told);
    assertTrue(told.contains("Write \"https://api.pine.example/*\""), told);
  }

  @Test
  void the_entry_for_a_url_with_a_port_has_none_as_it_fits_in_each_browser() {
    String told = told("http://localhost:5000/x", EXTENSION, named("http://192.168.0.5/*"));
    assertTrue(told.contains("\"http://localhost/*\""), told);
  }

  @Test
  void a_manifest_without_hosts_needs_one() {
    String told = told(URL, EXTENSION, "\"manifest_version\": 3, \"permissions\": [\"storage\"]");
    assertTrue(told.contains("\"host_permissions\": [\"https://api.pine.example/*\"]"), told);
  }

  @Test
  void in_the_second_version_hosts_are_permissions() {
    String told = told(URL, EXTENSION, "\"manifest_version\": 2, \"permissions\": [\"storage\"]");
    assertTrue(told.contains("\"https://api.pine.example/*\" into its permissions"), told);
    assertTrue(
        told(URL, EXTENSION, "\"manifest_version\": 2, \"permissions\": [\"https://*/*\"]")
            .contains("is not in effect"));
  }

  /** It says so itself, with the words of that version. */
  @Test
  void hosts_among_the_permissions_of_the_third_version_are_left_to_another_rule() {
    assertEquals(
        Optional.empty(),
        ExtensionManifest.told(
            URL, EXTENSION, "\"manifest_version\": 3, \"permissions\": [\"https://*.example/*\"]"));
  }

  @Test
  void hosts_that_are_optional_are_granted_when_the_extension_asks_for_them() {
    String told =
        told(
            URL,
            EXTENSION,
            "\"manifest_version\": 3, \"optional_host_permissions\": [\"https://*/*\"]");
    assertTrue(
        told.contains("permissions.request({ origins: [\"https://api.pine.example/*\"] })"), told);
  }

  @Test
  void a_content_script_has_the_origin_of_its_page_whatever_is_named() {
    String told =
        told(
            URL,
            "https://news.example",
            named("https://api.pine.example/*") + " content_scripts: content.js");
    assertTrue(told.contains("a content script sent it"), told);
    assertTrue(told.contains("Do not let the server allow that page"), told);
  }

  @Test
  void firefox_does_not_tell_who_asks_and_a_manifest_that_does_not_fit_tells() {
    assertTrue(told(URL, "", named("https://pine.example/*")).contains("is another host"));
    assertEquals("", told(URL, "", named("https://api.pine.example/*")));
    assertEquals("", told(URL, "", named("https://pine.example/*") + " content_scripts"));
  }

  @Test
  void a_part_of_a_manifest_without_its_lists_does_not_tell_what_is_missing() {
    assertEquals("", told(URL, EXTENSION, "\"manifest_version\": 3, \"name\": \"pine\""));
    assertEquals("", told(URL, EXTENSION, "manifest_version 3 with host_permissions for pine"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"app.use(cors())", "\"permissions\": [\"read:user\", \"https://a.example/*\"]"})
  void a_text_without_a_manifest_tells_nothing(String text) {
    assertEquals(Optional.empty(), ExtensionManifest.told(URL, EXTENSION, text));
    assertEquals(Optional.empty(), ExtensionManifest.told(URL, "https://news.example", text));
  }
}
