package dev.crosswalk.cors.internal.origin;

import java.io.IOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Makes the resource of {@link PublicSuffixes} from the text of the list. Not part of each build:
 * run it when there is a newer list, from the directory {@code cors-core}, with the JDK alone:
 *
 * <pre>
 * java src/test/java/dev/crosswalk/cors/internal/origin/PublicSuffixResource.java 2026-10-07
 * </pre>
 *
 * <p>The date is that of the list, which does not always say it itself.
 */
final class PublicSuffixResource {

  private static final Path LIST =
      Path.of("src/test/resources/dev/crosswalk/cors/internal/origin/public_suffix_list.dat");
  private static final Path RESOURCE =
      Path.of("src/main/resources/dev/crosswalk/cors/internal/origin/public-suffixes.txt");

  private PublicSuffixResource() {}

  public static void main(String[] args) throws IOException {
    Files.writeString(RESOURCE, resource(Files.readString(LIST), args[0]));
  }

  /** The form is described in {@link PublicSuffixes}. */
  static String resource(String list, String date) {
    SortedSet<String> rules = new TreeSet<>();
    String mark = "";
    for (String line : list.lines().toList()) {
      if (line.contains("===BEGIN PRIVATE DOMAINS===")) {
        mark = "+";
      }
      String rule = line.strip().split("\\s", 2)[0];
      if (!rule.isEmpty() && !rule.startsWith("//")) {
        boolean isException = rule.startsWith("!");
        String name = IDN.toASCII(isException ? rule.substring(1) : rule, IDN.ALLOW_UNASSIGNED);
        List<String> labels = new ArrayList<>(List.of(name.split("\\.")));
        Collections.reverse(labels);
        rules.add((isException ? "!" : "") + String.join(".", labels) + mark);
      }
    }
    String resource =
        """
        # This Source Code Form is subject to the terms of the Mozilla Public
        # License, v. 2.0. If a copy of the MPL was not distributed with this
        # file, You can obtain one at https://mozilla.org/MPL/2.0/.
        # The Public Suffix List (https://publicsuffix.org/list/) in another form:
        # labels reversed, in ASCII, sorted; the comments are left out.
        # A rule that is not a registry's (PRIVATE DOMAINS) ends in a plus sign.
        # VERSION: %s
        """
            .formatted(date);
    resource += String.join("\n", rules) + "\n";
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(resource)) {
      throw new IllegalStateException("A rule is not in ASCII");
    }
    return resource;
  }
}
