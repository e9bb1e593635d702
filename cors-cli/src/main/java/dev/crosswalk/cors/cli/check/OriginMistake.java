package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.document.Facts;
import java.util.List;

/**
 * What a server does wrong when it compares origins. What is said of it is in the file {@code
 * origin-mistakes.txt}.
 */
enum OriginMistake {
  GRANTS_STAR_TO_EVERYONE,
  REFLECTS_ANY_ORIGIN,
  REFLECTS_ANY_ORIGIN_THAT_HAS_A_PORT,
  REFLECTS_ANY_ORIGIN_WITHOUT_TLS,
  TRUSTS_ANY_ADDRESS,
  COMPARES_BY_CONTAINS,
  DOES_NOT_COMPARE_THE_LAST_LABEL,
  ENDS_WITH_ANY_REGISTRY,
  TRUSTS_THE_SAME_NAME_AT_ANOTHER_REGISTRY,
  COMPARES_BY_PREFIX,
  COMPARES_BY_SUFFIX,
  COMPARES_THE_WRONG_WAY_ROUND,
  LETS_ODD_CHARACTERS_END_A_HOST,
  LEAVES_A_DOT_UNESCAPED,
  LETS_A_WILDCARD_MATCH_MORE,
  TRUSTS_NULL,
  TRUSTS_NAMES_THAT_ANYBODY_CAN_GET,
  TRUSTS_NAMES_LIKE_LOCAL_ADDRESSES,
  TRUSTS_ANY_LOCALHOST,
  TRUSTS_ONE_LOCALHOST,
  TRUSTS_PRIVATE_ADDRESSES,
  TRUSTS_ANY_BROWSER_EXTENSION,
  TRUSTS_FILE,
  LISTS_AN_ALLOWED_ORIGIN_IN_ANOTHER_FORM,
  IGNORES_THE_SCHEME,
  IGNORES_THE_PORT,
  GRANTS_ONE_MORE_PORT,
  TRUSTS_EVERY_SUBDOMAIN,
  TRUSTS_NAMES_THAT_BEGIN_ALIKE,
  LEAVES_CHARACTERS_OUT_BEFORE_IT_COMPARES,
  TRUSTS_WWW_IN_FRONT_OF_AN_ALLOWED_NAME,
  TRUSTS_THE_PARENT_DOMAIN,
  ACCEPTS_LETTERS_THAT_LOOK_ALIKE,
  IGNORES_THE_CASE,
  IGNORES_A_DOT_AT_THE_END,
  READS_THE_PORT_AS_A_NUMBER,
  IGNORES_A_SLASH_AT_THE_END,
  GRANTS_AN_ORIGIN_THAT_NOBODY_NAMED;

  private static final String COMPARE =
      "compare the Origin header, as a whole and byte for byte, with the allowed origins";

  private final String sentence;
  private final String remedy;

  OriginMistake() {
    Facts.Block said = Said.of(name());
    this.sentence = said.value("cause").orElseThrow();
    this.remedy = said.value("remedy").orElseThrow();
  }

  /** The file, which is read before the first mistake is made. */
  private static final class Said {
    private static final List<Facts.Block> ALL =
        Facts.blocks(OriginMistake.class, "origin-mistakes.txt");

    static Facts.Block of(String name) {
      return ALL.stream().filter(block -> block.code().equals(name)).findFirst().orElseThrow();
    }
  }

  String id() {
    return RootCause.id(this);
  }

  String sentence() {
    return sentence;
  }

  /**
   * What to do.
   *
   * @param granted an origin that the server grants and should not
   */
  String remedy(LookAlike granted) {
    return remedy
        .replace("{compare}", COMPARE)
        .replace("{base}", granted.base())
        .replace("{origin}", granted.origin());
  }
}
