package dev.crosswalk.cors.cli.explain.spring;

import dev.crosswalk.cors.cli.explain.layer.AskedRequest;
import dev.crosswalk.cors.cli.explain.layer.Fault;
import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code @CrossOrigin} above some methods of a controller, which says nothing of the others. */
record AnnotatedMethods(SourceCode code) {

  /** Annotations one after the other, and what they stand above. */
  private static final Pattern ANNOTATED =
      Pattern.compile(
          "((?:@[\\w.]{2,40}(?:\\((?:[^()]|\\([^()]{0,200}\\)){0,300}\\))?\\s{1,40}){1,8})((?:(?:public|private|protected|final|open|abstract|suspend)\\s{1,3}){0,4}[\\w<])(\\w*)");

  private static final Pattern MAPPED =
      Pattern.compile(
          "@(Get|Post|Put|Patch|Delete)Mapping\\b|@RequestMapping\\b[^@]{0,200}\\bmethod\\s?=\\s?\\W{0,3}(?:RequestMethod\\.)?(GET|POST|PUT|PATCH|DELETE)\\b");

  private static final Pattern TYPE = Pattern.compile("(?s).*\\b(?:class|interface)");

  /** A request for a method of the controller that has none, where another one has it. */
  Optional<Fault> unlike(AskedRequest request) {
    Set<String> with = new TreeSet<>();
    Set<String> without = new TreeSet<>();
    Matcher annotated = ANNOTATED.matcher(code.text());
    while (annotated.find()) {
      boolean shared = annotated.group(1).contains("@CrossOrigin");
      if (TYPE.matcher(annotated.group(2) + annotated.group(3)).matches()) {
        if (shared) {
          return Optional.empty();
        }
        continue;
      }
      Matcher mapped = MAPPED.matcher(annotated.group(1));
      if (mapped.find()) {
        String method = mapped.group(1) == null ? mapped.group(2) : mapped.group(1);
        (shared ? with : without).add(method.toUpperCase(Locale.ROOT));
      } else if (shared) {
        // Any method may be its own.
        return Optional.empty();
      }
    }
    without.removeAll(with);
    boolean other =
        request.method().isEmpty() ? !without.isEmpty() : without.contains(request.method());
    return with.isEmpty() || !other
        ? Optional.empty()
        : Optional.of(
            Fault.of(
                What.OTHER_METHOD_ANNOTATED,
                "methods",
                String.join(" and ", with),
                "others",
                request.method().isEmpty() ? String.join(" and ", without) : request.method()));
  }
}
