package dev.crosswalk.cors.micronaut;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of one policy, as Micronaut binds them; they are checked where they are used. What
 * stands above the setters is what editors show beside a setting.
 */
class PolicySettings {

  private final String prefix;
  private final Map<String, String> properties = new TreeMap<>();

  PolicySettings(String prefix) {
    this.prefix = prefix;
  }

  /** The settings as core reads them. */
  Map<String, String> properties() {
    return properties;
  }

  /**
   * Which origins may read responses, for example https://app.example.com or https://*.example.com;
   * one * alone for all of them, none for none.
   */
  void setAllowedOrigins(List<String> origins) {
    set("allowed-origins", origins);
  }

  /**
   * Whether scripts may send cookies, and read what the server shows to the user: true or false.
   */
  void setAllowCredentials(String allow) {
    set("allow-credentials", allow);
  }

  /** Which methods scripts may use beyond GET, HEAD and POST; * for all. */
  void setAllowedMethods(List<String> methods) {
    set("allowed-methods", methods);
  }

  /**
   * Which request headers scripts may set, for example Authorization or Content-Type; * for all.
   */
  void setAllowedRequestHeaders(List<String> names) {
    set("allowed-request-headers", names);
  }

  /** Which response headers scripts may read beyond the usual few; * for all. */
  void setExposedResponseHeaders(List<String> names) {
    set("exposed-response-headers", names);
  }

  /** How long browsers may keep the answer to a preflight, for example 1h. */
  void setMaxAge(String maxAge) {
    set("max-age", maxAge);
  }

  /** Whether scripts that may read a response may see in detail how long it took: true or false. */
  void setExposeTiming(String expose) {
    set("expose-timing", expose);
  }

  /**
   * Whether pages of every origin may embed the responses, as images and scripts: true or false.
   */
  void setAllowEmbedding(String allow) {
    set("allow-embedding", allow);
  }

  /** Origins that are allowed although anyone can be one. */
  void setDangerouslyAllowedOrigins(List<String> origins) {
    set("dangerously-allowed-origins", origins);
  }

  final void set(String name, List<String> values) {
    set(name, String.join(",", values));
  }

  private void set(String name, String value) {
    properties.put(prefix + name, value);
  }
}
