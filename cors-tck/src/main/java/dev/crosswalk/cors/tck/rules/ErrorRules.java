package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;

/** Responses that are no success: a script has to see the status, or nobody finds the fault. */
interface ErrorRules extends RuleBook {

  private static void status(RuleBook book, int status) {
    Site site = book.site(TestPolicy.CREDENTIALS).at("/status/" + status);
    site.from(TestPolicy.APP).status(status).shared(INCLUDE).handled();
    site.from(TestPolicy.EVIL).status(status).notShared();
  }

  @Rule(
      level = MUST,
      source = Source.HTTP_RESPONSES,
      intent = "The script shows the user what was wrong with her input.",
      lookAt = LookAt.ERROR_HOOK)
  default void ER01_a_400_is_shared() {
    status(this, 400);
  }

  @Rule(
      level = MUST,
      source = Source.HTTP_RESPONSES,
      intent = "The script sends the user to the login.",
      lookAt = LookAt.ERROR_HOOK)
  default void ER02_a_401_is_shared() {
    status(this, 401);
  }

  @Rule(
      level = MUST,
      source = Source.HTTP_RESPONSES,
      intent = "The script tells the user that she may not.",
      lookAt = LookAt.ERROR_HOOK)
  default void ER03_a_403_is_shared() {
    status(this, 403);
  }

  @Rule(
      level = MUST,
      source = Source.HTTP_RESPONSES,
      intent = "The script tells the user that there is no such thing.",
      lookAt = LookAt.ERROR_HOOK)
  default void ER04_a_404_of_a_handler_is_shared() {
    status(this, 404);
  }

  @Rule(
      level = MUST,
      source = Source.HTTP_RESPONSES,
      intent = "The script tells the user that somebody else was faster, or what to mend.",
      lookAt = LookAt.ERROR_HOOK)
  default void ER05_a_409_and_a_422_are_shared() {
    status(this, 409);
    status(this, 422);
  }

  @Rule(
      level = MUST,
      source = Source.HTTP_RESPONSES,
      intent = "The script waits, and tries again.",
      lookAt = LookAt.ERROR_HOOK)
  default void ER06_a_429_and_a_503_are_shared() {
    status(this, 429);
    status(this, 503);
  }

  @Rule(
      level = MUST,
      source = Source.HTTP_RESPONSES,
      intent = "A server's failure is not to look like a fault in the policy.",
      lookAt = LookAt.ERROR_HOOK)
  default void ER07_a_500_of_a_handler_is_shared() {
    status(this, 500);
  }

  @Rule(
      level = MUST,
      source = Source.HTTP_RESPONSES,
      intent = "No handler answers for a path that there is not.",
      lookAt = LookAt.ERROR_HOOK)
  default void ER08_a_404_of_the_router_is_shared() {
    Site site = site(TestPolicy.CREDENTIALS).at("/missing");
    site.from(TestPolicy.APP).status(404).shared(INCLUDE).varies("Origin");
    site.from(TestPolicy.EVIL).status(404).notShared();
  }

  @Rule(
      level = MUST,
      source = Source.HTTP_RESPONSES,
      intent = "No handler answers for a method that a path has not.",
      lookAt = LookAt.ERROR_HOOK)
  default void ER09_a_405_of_the_router_is_shared() {
    Site site = site(TestPolicy.CREDENTIALS).at("/only-get");
    site.from(TestPolicy.APP, "DELETE").status(404, 405).notHandled().shared(INCLUDE);
  }

  @Rule(
      level = MUST,
      source = Source.HTTP_RESPONSES,
      intent = "A handler that fails answers nothing; somebody else does.",
      lookAt = LookAt.ERROR_HOOK)
  default void ER10_the_answer_to_an_exception_is_shared() {
    Site site = site(TestPolicy.CREDENTIALS).at("/throw");
    site.from(TestPolicy.APP).status(500).handled().shared(INCLUDE);
  }

  @Rule(
      level = SECURITY,
      source = Source.HTTP_RESPONSES,
      intent = "An error page may say more than it should.",
      lookAt = LookAt.ERROR_HOOK)
  default void ER11_the_answer_to_an_exception_is_not_shared_with_a_refused_origin() {
    site(TestPolicy.CREDENTIALS).at("/throw").from(TestPolicy.EVIL).status(500).lacksCors();
  }

  @Rule(
      level = MUST,
      source = Source.HTTP_RESPONSES,
      intent = "A method that needed a preflight fails like any other.",
      lookAt = LookAt.ERROR_HOOK)
  default void ER12_the_answer_to_an_exception_in_a_PUT_is_shared() {
    Site site = site(TestPolicy.CREDENTIALS).at("/throw");
    site.preflight(TestPolicy.APP, "PUT").permits(INCLUDE).notHandled();
    site.from(TestPolicy.APP, "PUT").status(500).shared(INCLUDE);
  }

  @Rule(
      level = MUST,
      source = Source.HTTP_RESPONSES,
      intent = "An exception may come later, and from another thread.",
      lookAt = LookAt.ERROR_HOOK)
  default void ER13_the_answer_to_an_asynchronous_exception_is_shared() {
    Site site = site(TestPolicy.CREDENTIALS).at("/async-throw");
    site.from(TestPolicy.APP).status(500).shared(INCLUDE).varies("Origin");
  }

  @Rule(
      level = MUST,
      source = Source.HTTP_RESPONSES,
      intent = "The application's own header, set before it failed, does not count.",
      lookAt = LookAt.OWNER)
  default void ER14_an_error_with_the_applications_own_headers_is_shared_by_the_policy() {
    Site site = site(TestPolicy.CREDENTIALS).at("/own-cors-error");
    site.from(TestPolicy.APP).status(500).shared(INCLUDE);
    site.from(TestPolicy.EVIL).status(500).notShared();
  }

  @Rule(
      level = MUST,
      source = Source.HTTP_RESPONSES,
      intent = "A response without content is a response.",
      lookAt = LookAt.ERROR_HOOK)
  default void ER15_a_204_is_shared() {
    site(TestPolicy.CREDENTIALS).at("/no-content").from(TestPolicy.APP).status(204).shared(INCLUDE);
  }

  @Rule(
      level = MUST,
      source = Source.HTTP_RESPONSES,
      intent = "Where anybody may read, anybody may read that it failed.",
      lookAt = LookAt.ERROR_HOOK)
  default void ER16_under_any_origin_errors_are_shared_with_everybody() {
    Site site = site(TestPolicy.ANY_ORIGIN);
    for (String path : new String[] {"/status/500", "/missing", "/throw"}) {
      site.at(path).from(TestPolicy.EVIL).shared().has("Access-Control-Allow-Origin", "*");
    }
  }

  @Rule(
      level = MUST,
      source = Source.HTTP_RESPONSES,
      intent = "An error is sent to everybody under a constant policy, too.",
      lookAt = LookAt.CONSTANT)
  default void ER17_under_a_constant_policy_errors_have_its_headers_without_an_origin() {
    site(TestPolicy.ANY_ORIGIN)
        .at("/status/404")
        .get()
        .status(404)
        .has("Access-Control-Allow-Origin", "*");
  }
}
