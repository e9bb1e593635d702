package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import java.util.List;

/** Paths that the guard does not guard, and those that only look like them. */
@Family(level = MUST, source = Source.PATHS, lookAt = LookAt.GUARD)
interface GuardPathRules extends RuleBook {

  @Rule(why = "A webhook is called by other servers, and has a signature.", lookAt = LookAt.PATH)
  default void GU30_an_exempt_path_is_not_guarded() {
    site(GUARDED).at("/webhook").send("POST", GuardRules.form(EVIL)).status(200).handled();
    site(GUARDED).at("/webhook?a=b").send("POST", GuardRules.form(EVIL)).status(200).handled();
  }

  @Rule(
      why = "What is below an exempt path is exempt where somebody says so.",
      lookAt = LookAt.PATH)
  default void GU31_what_is_below_an_exempt_path_is_not_guarded() {
    site(GUARDED).at("/hooks").send("POST", GuardRules.form(EVIL)).status(200).handled();
    site(GUARDED).at("/hooks/inner").send("POST", GuardRules.form(EVIL)).status(200).handled();
  }

  @Rule(
      why = "A path that begins alike is another path.",
      level = SECURITY,
      lookAt = "how paths are compared: whole, or by whole segments")
  default void GU32_what_only_begins_like_an_exempt_path_is_guarded() {
    for (String path :
        List.of("/webhook/", "/webhook/inner", "/webhooks", "/hooksite", "/Hooks", "/hook")) {
      site(GUARDED).at(path).send("POST", GuardRules.form(EVIL)).status(403).notHandled();
    }
  }

  @Rule(
      why = "What a router makes of such a path is not for a guard to guess (CVE-2025-47910).",
      level = SECURITY,
      lookAt = "whether core gets the path as the client has sent it, before it is normalized")
  default void GU33_a_path_whose_readings_disagree_is_not_exempt() {
    for (String path :
        List.of(
            "/hooks/../resource",
            "//hooks/../resource",
            "/hooks/%2e%2e/resource",
            "/hooks/..%2fresource",
            "/hooks/..;/resource",
            "/hooks//../resource",
            "/hooks;/../resource",
            "/%68ooks/inner",
            "/hooks/..\\resource")) {
      String request =
          "POST "
              + path
              + " HTTP/1.1\r\nHost: {host}\r\nOrigin: "
              + EVIL
              + "\r\nSec-Fetch-Site: cross-site\r\nContent-Length: 0\r\n\r\n";
      List<Observation> seen = site(GUARDED).tolerantRaw(request, "POST");
      // Some servers refuse such a path before anybody else sees it, Grizzly by a failure.
      seen.forEach(answer -> answer.notHandled().status(400, 403, 404, 500));
    }
  }
}
