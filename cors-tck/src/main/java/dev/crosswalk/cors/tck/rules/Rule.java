package dev.crosswalk.cors.tck.rules;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A rule of the kit: a test whose name begins with the rule's id, which never changes and is never
 * given to another rule, and goes on with what it says. What it does not say here, its {@link
 * Family} says.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Tag("cors")
@Test
public @interface Rule {

  /** What the rule is for, in one sentence. */
  String why();

  /** What goes wrong where the rule is broken: one level, or none for the family's. */
  Level[] level() default {};

  /** The paragraph that it follows, or our own page where no standard speaks of it; a URL. */
  String source() default "";

  /** What to look at if it fails. */
  String lookAt() default "";

  /** What it must know of the server. */
  Needs needs() default Needs.KIT;

  /** What goes wrong where a rule is broken. */
  enum Level {
    /** A browser, or a client, gets something else than the policy says. */
    MUST,
    /** Another answer is legal, and worse. */
    SHOULD,
    /** Somebody reads, or does, what the policy denies them. */
    SECURITY,
    /** A cache hands one origin's response to another. */
    CACHE
  }

  /** What a rule must know of the server. */
  enum Needs {
    /** Nothing: it holds for every URL. */
    NOTHING,
    /** What the URL's policy is meant to allow. */
    PROFILE,
    /** The kit's own policies and application. */
    KIT
  }
}
