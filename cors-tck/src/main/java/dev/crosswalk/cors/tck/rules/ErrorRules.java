package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import java.util.List;

/** Responses that are not a success: a script has to see the status, or nobody finds the fault. */
@Family(level = MUST, source = Source.HTTP_RESPONSES, lookAt = LookAt.ERROR_HOOK)
interface ErrorRules extends RuleBook {

  private static void status(RuleBook book, int status) {
    Site site = book.site(CREDENTIALS).at("/status/" + status);
    site.from(APP).status(status).shared(INCLUDE).handled();
    site.from(EVIL).status(status).notShared();
  }

  @Rule(why = "The script shows the user what was wrong with the input.")
  default void ER01_a_400_is_shared() {
    status(this, 400);
  }

  @Rule(why = "The script sends the user to the login.")
  default void ER02_a_401_is_shared() {
    status(this, 401);
  }

  @Rule(why = "The script tells the user that this is not allowed.")
  default void ER03_a_403_is_shared() {
    status(this, 403);
  }

  @Rule(why = "The script tells the user that there is no such thing.")
  default void ER04_a_404_of_a_handler_is_shared() {
    status(this, 404);
  }

  @Rule(why = "The script tells the user that somebody else was faster, or what to correct.")
  default void ER05_a_409_and_a_422_are_shared() {
    status(this, 409);
    status(this, 422);
  }

  @Rule(why = "The script waits, and tries again.")
  default void ER06_a_429_and_a_503_are_shared() {
    status(this, 429);
    status(this, 503);
  }

  @Rule(why = "A server's failure is not to look like a fault in the policy.")
  default void ER07_a_500_of_a_handler_is_shared() {
    status(this, 500);
  }

  @Rule(why = "No handler answers for a path that there is not.")
  default void ER08_a_404_of_the_router_is_shared() {
    Site site = site(CREDENTIALS).at("/missing");
    site.from(APP).status(404).shared(INCLUDE).varies("Origin");
    site.from(EVIL).status(404).notShared();
  }

  @Rule(why = "No handler answers for a method that a path has not.")
  default void ER09_a_405_of_the_router_is_shared() {
    Site site = site(CREDENTIALS).at("/only-get");
    site.from(APP, "DELETE").status(404, 405).notHandled().shared(INCLUDE);
  }

  @Rule(why = "A handler that fails answers nothing; somebody else does.")
  default void ER10_the_answer_to_an_exception_is_shared() {
    Site site = site(CREDENTIALS).at("/throw");
    site.from(APP).status(500).handled().shared(INCLUDE);
  }

  @Rule(why = "An error page may say more than it should.", level = SECURITY)
  default void ER11_the_answer_to_an_exception_is_not_shared_with_a_refused_origin() {
    site(CREDENTIALS).at("/throw").from(EVIL).status(500).lacksCors();
  }

  @Rule(why = "A method that needed a preflight fails like any other.")
  default void ER12_the_answer_to_an_exception_in_a_PUT_is_shared() {
    Site site = site(CREDENTIALS).at("/throw");
    site.preflight(APP, "PUT").permits(INCLUDE).notHandled();
    site.from(APP, "PUT").status(500).shared(INCLUDE);
  }

  @Rule(why = "An exception may come later, and from another thread.")
  default void ER13_the_answer_to_an_asynchronous_exception_is_shared() {
    Site site = site(CREDENTIALS).at("/async-throw");
    site.from(APP).status(500).shared(INCLUDE).varies("Origin");
  }

  @Rule(
      why = "The application's own header, set before it failed, does not count.",
      lookAt = LookAt.OWNER)
  default void ER14_an_error_with_the_applications_own_headers_is_shared_by_the_policy() {
    Site site = site(CREDENTIALS).at("/own-cors-error");
    site.from(APP).status(500).shared(INCLUDE);
    site.from(EVIL).status(500).notShared();
  }

  @Rule(why = "A response without content is a response.")
  default void ER15_a_204_is_shared() {
    site(CREDENTIALS).at("/no-content").from(APP).status(204).shared(INCLUDE);
  }

  @Rule(why = "Where anybody may read, anybody may read that it failed.")
  default void ER16_under_any_origin_errors_are_shared_with_everybody() {
    Site site = site(ANY_ORIGIN);
    for (String path : List.of("/status/500", "/missing", "/throw")) {
      site.at(path).from(EVIL).shared().has("Access-Control-Allow-Origin", "*");
    }
  }

  @Rule(
      why = "An error is sent to everybody under a constant policy, too.",
      lookAt = LookAt.CONSTANT)
  default void ER17_under_a_constant_policy_errors_have_its_headers_without_an_origin() {
    site(ANY_ORIGIN).at("/status/404").get().status(404).has("Access-Control-Allow-Origin", "*");
  }
}
