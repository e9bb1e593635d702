package dev.crosswalk.cors.tck.rules;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What most rules of an interface have in common; a {@link Rule} says where it differs. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Family {

  /** What goes wrong where a rule is broken. */
  Rule.Level level();

  /** The paragraph that it follows, or the reason for which we ask for it. */
  String source();

  /** What to look at if it fails. */
  String lookAt();
}
