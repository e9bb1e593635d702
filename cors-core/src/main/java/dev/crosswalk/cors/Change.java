package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.syntax.Text;

/**
 * What to change in a policy so that it allows something, in a whole sentence: one for a policy
 * that code states, and one for a policy that configuration states.
 */
enum Change {
  ALLOW_ORIGIN(
      Setting.ALLOWED_ORIGINS,
      "If its pages are yours, allow it: .allowOrigins(%s).",
      "If its pages are yours, add it to %s."),
  TRUST_ORIGIN(
      Setting.GUARD_TRUSTED_ORIGINS,
      "If its pages should also write, trust it: .trustOrigins(%s).",
      "If its pages should also write, add it to %s."),
  ALLOW_METHOD(
      Setting.ALLOWED_METHODS, //
      "To allow it: .allowMethods(%s).",
      "To allow it, add it to %s."),
  ALLOW_PATCH(
      Setting.ALLOWED_METHODS,
      "Use \"PATCH\" in the page and allow it: .allowMethods(%s).",
      "Use \"PATCH\" in the page and add it to %s."),
  ALLOW_REQUEST_HEADER(
      Setting.ALLOWED_REQUEST_HEADERS,
      "To allow it: .allowRequestHeaders(%s).",
      "To allow it, add it to %s."),
  ALLOW_SIMILAR_REQUEST_HEADER(
      Setting.ALLOWED_REQUEST_HEADERS,
      "If it is no mistake, allow it: .allowRequestHeaders(%s).",
      "If it is no mistake, add it to %s.");

  private final Setting setting;
  private final String inCode;
  private final String inConfiguration;

  Change(Setting setting, String inCode, String inConfiguration) {
    this.setting = setting;
    this.inCode = inCode;
    this.inConfiguration = inConfiguration;
  }

  /** Returns the sentence, with a value to paste or with the name of the setting. */
  String in(Protocol policy, String value) {
    return policy.prefix().isEmpty()
        ? inCode.formatted(Text.quote(value))
        : inConfiguration.formatted(setting.nameBehind(policy.prefix()));
  }
}
