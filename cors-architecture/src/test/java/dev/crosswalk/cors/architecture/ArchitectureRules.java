package dev.crosswalk.cors.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ClassesTransformer;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rules, each a constant with its reason. Their package patterns open with two dots, so that
 * they hold for {@code dev.crosswalk.cors} as well as for the package of a fixture that ends in it.
 */
final class ArchitectureRules {

  private static final String[] CORE = {"..dev.crosswalk.cors", "..dev.crosswalk.cors.internal.."};
  private static final String KIT = "..dev.crosswalk.cors.tck..";
  private static final String COMMAND_LINE = "..dev.crosswalk.cors.cli..";
  private static final String[] ADAPTERS = {
    "..dev.crosswalk.cors.jaxrs",
    "..dev.crosswalk.cors.javalin",
    "..dev.crosswalk.cors.micronaut",
    "..dev.crosswalk.cors.quarkus",
    "..dev.crosswalk.cors.servlet",
    "..dev.crosswalk.cors.spring",
    "..dev.crosswalk.cors.vertx"
  };

  private static final String SERVLET = "..dev.crosswalk.cors.servlet";

  private static final String VERTX = "..dev.crosswalk.cors.vertx";

  /** An exception among strangers: these frameworks run on servlets, and have its filter. */
  static final String[] ON_SERVLETS = {
    "..dev.crosswalk.cors.javalin", "..dev.crosswalk.cors.spring"
  };

  /** The other exception: this framework runs on Vert.x Web, and has its handler. */
  static final String ON_VERTX = "..dev.crosswalk.cors.quarkus";

  /** Public types of an adapter beside its one, each with the reason why it cannot be hidden. */
  static final Map<String, String> FURTHER_PUBLIC_TYPES =
      Map.of(
          "dev.crosswalk.cors.jaxrs.UnmappedExceptionMapper",
          "registered or not, by choice: it takes over what the container does with exceptions",
          "dev.crosswalk.cors.spring.CorsPolicyWebFilter",
          "registered by hand where there is no Spring Boot, as in a test of one controller");

  /** Types of the JDK whose package has much that core must not touch. */
  static final Set<String> FURTHER_JDK_TYPES =
      Set.of(
          // Hosts in the form in which browsers write them: names, and IPv6 in brackets.
          "java.text.Normalizer",
          "java.text.Normalizer$Form",
          "java.net.InetAddress",
          "java.net.UnknownHostException",
          // Configuration: a resource on the class path, and whether a file has changed.
          "java.net.URL",
          "java.security.MessageDigest",
          "java.security.NoSuchAlgorithmException");

  static final ArchRule CORE_DEPENDS_ON_THE_JDK_ALONE =
      classes()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(CORE)
                  .or(
                      resideInAnyPackage(
                          "org.jspecify.annotations",
                          "java.io",
                          "java.lang",
                          "java.lang.annotation",
                          "java.lang.invoke", // javac's, for lambdas and concatenation
                          "java.lang.runtime", // javac's, for records and pattern switches
                          "java.nio",
                          "java.nio.charset",
                          "java.nio.file",
                          "java.nio.file.attribute",
                          "java.time",
                          "java.time.format",
                          "java.util",
                          "java.util.concurrent",
                          "java.util.concurrent.atomic",
                          "java.util.function",
                          "java.util.regex", // of configuration alone, as the next rule says
                          "java.util.stream"))
                  .or(
                      are(
                          describe(
                              "needed from elsewhere",
                              type -> FURTHER_JDK_TYPES.contains(type.getName())))))
          .because("core decides in every framework, so it may bring nothing along");

  /**
   * Types that read what a person has configured, once and before the first request. A request
   * reaches the parser of origins by way of an explanation alone, cut to an origin's length.
   */
  static final Set<String> READ_CONFIGURATION =
      Set.of(
          "dev.crosswalk.cors.PathValidation",
          "dev.crosswalk.cors.internal.config.Keys",
          "dev.crosswalk.cors.internal.origin.OriginPatternParser",
          "dev.crosswalk.cors.internal.origin.OriginSuggestion",
          "dev.crosswalk.cors.internal.origin.Placeholder",
          "dev.crosswalk.cors.internal.origin.RegularExpression");

  private static final DescribedPredicate<JavaAccess<?>> WITH_REGULAR_EXPRESSION =
      targets(String.class, Set.of("matches", "replaceAll", "replaceFirst"));

  /** Whether a type has a regular expression, compiled or given to a method of a string. */
  static boolean usesRegularExpressions(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
            .anyMatch(use -> use.getTargetClass().getPackageName().equals("java.util.regex"))
        || type.getAccessesFromSelf().stream().anyMatch(WITH_REGULAR_EXPRESSION);
  }

  static final ArchRule CORE_USES_NO_REGULAR_EXPRESSION =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .and(
              are(
                  describe(
                      "asked by requests", type -> !READ_CONFIGURATION.contains(type.getName()))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.regex")
          .orShould()
          .accessTargetWhere(WITH_REGULAR_EXPRESSION)
          .because("a decision takes time linear in the request, whatever its bytes");

  static final ArchRule CORE_TOUCHES_NOTHING =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .accessTargetWhere(describe("is outside", OutsideWorld::isReached))
          .orShould()
          .dependOnClassesThat(are(describe("outside", OutsideWorld::contains)))
          .orShould(be("serializable by choice", OutsideWorld::canBeSerialized))
          .because(
              "it runs in every request of every application: no reflection, no serialization, no"
                  + " file that is written, no process, no connection");

  static final ArchRule MODULES_BESIDE_CORE_ARE_STRANGERS =
      slices()
          .matching("..dev.crosswalk.cors.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(resideInAnyPackage(ON_SERVLETS), resideInAPackage(SERVLET))
          .ignoreDependency(resideInAPackage(ON_VERTX), resideInAPackage(VERTX))
          .ignoreDependency(resideInAPackage(COMMAND_LINE), resideInAPackage(KIT))
          .because("who adds one adapter gets neither another framework's nor the kit");

  static final ArchRule KIT_KNOWS_NO_FRAMEWORK =
      classes()
          .that()
          .resideInAPackage(KIT)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(CORE)
                  .or(
                      resideInAnyPackage(
                          KIT,
                          "com.ibm.icu.text",
                          "java..",
                          "javax..",
                          "org.jspecify.annotations",
                          "org.junit..",
                          "org.opentest4j..")))
          .because("it verifies any adapter, and no adapter's tests get more than they need");

  static final ArchRule KIT_POINTS_DOWN =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("url")
          .definedBy("..dev.crosswalk.cors.tck.url")
          .layer("wire")
          .definedBy("..dev.crosswalk.cors.tck.wire")
          .layer("browser")
          .definedBy("..dev.crosswalk.cors.tck.browser")
          .layer("rules")
          .definedBy("..dev.crosswalk.cors.tck.rules")
          .layer("report")
          .definedBy("..dev.crosswalk.cors.tck.report")
          .layer("kit")
          .definedBy("..dev.crosswalk.cors.tck")
          .whereLayer("kit")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("kit")
          .whereLayer("rules")
          .mayOnlyBeAccessedByLayers("report", "kit")
          .whereLayer("browser")
          .mayOnlyBeAccessedByLayers("rules", "report", "kit")
          .whereLayer("wire")
          .mayOnlyBeAccessedByLayers("browser", "rules", "report", "kit")
          .because("a reader begins at the bottom and never has to look up");

  static final ArchRule COMMAND_LINE_ALONE_READS_AND_PRINTS =
      noClasses()
          .that()
          .resideInAPackage("..dev.crosswalk.cors..")
          .and(resideOutsideOfPackage(COMMAND_LINE))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..picocli..", "..tools.jackson..")
          .because("who tests or runs an adapter gets no parser of options and none of JSON");

  /** Keeps the words of an advice among the details of a message, as they are. */
  private static final String PASSES_ADVICE_ON =
      "dev.crosswalk.cors.cli.explain.settings.SettingFinding";

  static final ArchRule ADVICE_IS_FOR_PEOPLE =
      noClasses()
          .that()
          .resideInAPackage("..dev.crosswalk.cors.cli.explain..")
          .and(
              are(
                  describe(
                      "deciding what is told", type -> !type.getName().equals(PASSES_ADVICE_ON))))
          .should()
          .accessTargetWhere(
              describe(
                  "gives the words of an advice",
                  access ->
                      access.getTarget().getName().equals("words")
                          && access
                              .getTargetOwner()
                              .getName()
                              .endsWith("dev.crosswalk.cors.cli.remedy.Advice")))
          .because(
              "what an advice tells is a topic or a trait: a better sentence changes no answer");

  /** What {@code check} tells of a mistake or of a rule, by the types that have it. */
  private static final Map<String, Set<String>> TOLD_BY_CHECK =
      Map.of(
          "dev.crosswalk.cors.cli.check.RootCause",
          Set.of("name", "findings", "exploit", "remedy"),
          "dev.crosswalk.cors.tck.rules.Catalogue$Result",
          Set.of("message"));

  private static final String CHECK = "..dev.crosswalk.cors.cli.check..";

  static final ArchRule FINDINGS_ARE_FOR_PEOPLE =
      noClasses()
          .that()
          .resideInAPackage(CHECK)
          .and(are(describe("deciding what is found", type -> !isReport(type) && !tells(type))))
          .should()
          .accessTargetWhere(describe("gives the words of a finding", ArchitectureRules::isTold))
          .because("reports alone tell it: a better sentence changes nothing that is found");

  static final ArchRule REPORTS_READ_NO_PROSE =
      noClasses()
          .that()
          .resideInAPackage(CHECK)
          .and(are(describe("a report", ArchitectureRules::isReport)))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.regex")
          .orShould()
          .accessTargetWhere(targets(String.class, Set.of("matches")))
          .because("what a report has to know of a sentence is a field beside it");

  private static boolean isReport(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "").endsWith("Report");
  }

  private static boolean tells(JavaClass type) {
    return TOLD_BY_CHECK.keySet().stream().anyMatch(type.getName()::endsWith);
  }

  private static boolean isTold(JavaAccess<?> access) {
    return TOLD_BY_CHECK.entrySet().stream()
        .filter(told -> access.getTargetOwner().getName().endsWith(told.getKey()))
        .anyMatch(told -> told.getValue().contains(access.getTarget().getName()));
  }

  static final ArchRule PUBLIC_TYPES_ARE_CLOSED =
      classes()
          .that()
          .arePublic()
          .and()
          .areTopLevelClasses()
          .and(resideOutsideOfPackage(KIT))
          .and(are(describe("written by hand", ArchitectureRules::isWrittenByHand)))
          .should(
              be(
                  "final, sealed, or no class at all",
                  c ->
                      c.getModifiers().contains(JavaModifier.FINAL)
                          || c.isSealed()
                          || c.isInterface()))
          .because("what a user can extend, we can never change");

  static final ArchRule PUBLIC_SIGNATURES_NAME_PUBLIC_TYPES =
      classes()
          .that(are(describe("visible", ArchitectureRules::isVisible)))
          // The kit's rules come from hidden interfaces, and Java makes what an interface asks
          // public.
          .and(resideOutsideOfPackage(KIT))
          .should(nameVisibleTypesOnly())
          .because("javac's lint for this, exports, is off: it rejects JSpecify's annotations too");

  static final ArchRule ADAPTERS_HAVE_ONE_PUBLIC_TYPE =
      all(packages(resideInAnyPackage(ADAPTERS)))
          .should(haveOnePublicType())
          .because("a user has one thing to find and to register");

  static final ArchRule PACKAGES_ARE_NULL_MARKED =
      all(packages(DescribedPredicate.alwaysTrue()))
          .should(beNullMarked())
          .because("a type without a word about null means: never null");

  static final ArchRule CASE_IS_CHANGED_WITH_A_LOCALE =
      noClasses()
          .should()
          .accessTargetWhere(targets(String.class, Set.of("toLowerCase()", "toUpperCase()")))
          .because("in Turkish, the lower case of TITLE is no token");

  static final ArchRule PACKAGES_HAVE_NO_CYCLE =
      slices()
          .matching("..dev.crosswalk.(**)")
          .should()
          .beFreeOfCycles()
          .because("what depends on each other is one package");

  /** At most this many types may all reach each other: they are read together, as one. */
  private static final int LARGEST_KNOT = 4;

  static final ArchRule CORE_HAS_NO_KNOT =
      classes()
          .that()
          .resideInAnyPackage(CORE)
          .and()
          .areTopLevelClasses()
          .should(beInNoKnot())
          .because("a type is read after those it depends on, so few may depend on each other");

  /**
   * A decision refers to its policy. JLS §17.5: a thread that gets the decision by a data race sees
   * of the policy what was set before the decision was made, and perhaps nothing else.
   */
  static final ArchRule COMPLETE_BEFORE_HANDED_OVER =
      classes()
          .that()
          .resideInAnyPackage(CORE)
          .and(are(describe("handed over by their constructors", type -> handsItselfOver(type))))
          .should(setNoFieldAfterwards())
          .because("another thread may see of it what was set before, and perhaps nothing else");

  private ArchitectureRules() {}

  /** Returns every constant above by its name. */
  static Map<String, ArchRule> byName() {
    Map<String, ArchRule> rules = new TreeMap<>();
    for (var field : ArchitectureRules.class.getDeclaredFields()) {
      if (field.getType() == ArchRule.class) {
        try {
          rules.put(field.getName(), ((ArchRule) field.get(null)).allowEmptyShould(false));
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
    return rules;
  }

  /** Matches calls of, and references to, methods given as a name, or as a name with {@code ()}. */
  private static DescribedPredicate<JavaAccess<?>> targets(Class<?> owner, Set<String> methods) {
    return describe(
        owner.getSimpleName() + "'s " + methods,
        access -> {
          String target = access.getTarget().getFullName();
          String method = target.substring(target.lastIndexOf('.', target.indexOf('(')) + 1);
          return access.getTargetOwner().isEquivalentTo(owner)
              && (methods.contains(method) || methods.contains(access.getTarget().getName()));
        });
  }

  /** Micronaut's processor generates public classes; their names begin with a dollar sign. */
  private static boolean isWrittenByHand(JavaClass type) {
    return !type.getName().contains(".$");
  }

  private static ArchCondition<JavaClass> be(String description, Predicate<JavaClass> predicate) {
    return ArchCondition.from(describe(description, predicate)).as("be " + description);
  }

  private static boolean isVisible(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureRules::isVisible).orElse(true);
  }

  private static boolean handsItselfOver(JavaClass type) {
    return type.getConstructors().stream()
        .anyMatch(each -> handingOver(each).findAny().isPresent());
  }

  /** What is made of the object while it is made itself. A lambda is called later. */
  private static Stream<JavaConstructorCall> handingOver(JavaConstructor constructor) {
    return constructor.getConstructorCallsFromSelf().stream()
        .filter(call -> !call.isDeclaredInLambda())
        .filter(call -> call.getTarget().getRawParameterTypes().contains(constructor.getOwner()));
  }

  /** The fields for what it was handed over to are set when that is made. */
  private static ArchCondition<JavaClass> setNoFieldAfterwards() {
    return new ArchCondition<>("set no field afterwards") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaConstructor constructor : type.getConstructors()) {
          Set<JavaClass> receivers =
              handingOver(constructor)
                  .map(JavaConstructorCall::getTargetOwner)
                  .collect(Collectors.toSet());
          int first =
              handingOver(constructor)
                  .mapToInt(JavaConstructorCall::getLineNumber)
                  .min()
                  .orElse(Integer.MAX_VALUE);
          constructor.getFieldAccesses().stream()
              .filter(access -> access.getAccessType() == JavaFieldAccess.AccessType.SET)
              .filter(access -> access.getLineNumber() >= first)
              .filter(
                  access ->
                      !receivers.contains(access.getTarget().getRawType().getBaseComponentType()))
              .forEach(
                  access ->
                      events.add(SimpleConditionEvent.violated(type, access.getDescription())));
        }
      }
    };
  }

  /**
   * Nested types count as the one that they are nested in. But one that names no other type of core
   * ties nothing together, such as an enum without fields, so to name it leads nowhere.
   */
  private static ArchCondition<JavaClass> beInNoKnot() {
    return new ArchCondition<>(
        "be among at most " + LARGEST_KNOT + " types that all reach each other") {

      private Map<String, Set<String>> reached = Map.of();

      @Override
      public void init(Collection<JavaClass> types) {
        Map<String, Set<String>> direct = new TreeMap<>();
        for (JavaClass type : types) {
          direct.put(type.getName(), new TreeSet<>());
        }
        for (JavaClass type : types) {
          Stream.concat(Stream.of(type), nested(type))
              .flatMap(part -> part.getDirectDependenciesFromSelf().stream())
              .filter(dependency -> !namesNoOther(dependency.getTargetClass()))
              .map(dependency -> outermost(dependency.getTargetClass()))
              .filter(direct::containsKey)
              .forEach(direct.get(type.getName())::add);
        }
        reached = new TreeMap<>();
        direct.keySet().forEach(type -> reached.put(type, closure(type, direct)));
      }

      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Set<String> knot = new TreeSet<>(reached.get(type.getName()));
        knot.removeIf(other -> !reached.get(other).contains(type.getName()));
        if (knot.size() > LARGEST_KNOT) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getSimpleName() + " is in a knot of " + knot.size() + " types"));
        }
      }
    };
  }

  private static boolean namesNoOther(JavaClass type) {
    return type.isEnum()
        && type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .allMatch(named -> named.equals(type) || !named.getPackageName().contains("crosswalk"));
  }

  private static Stream<JavaClass> nested(JavaClass type) {
    return type.getPackage().getClasses().stream()
        .filter(other -> !other.equals(type) && outermost(other).equals(type.getName()));
  }

  private static String outermost(JavaClass type) {
    String name = type.getBaseComponentType().getName();
    int nested = name.indexOf('$', name.lastIndexOf('.') + 2);
    return nested < 0 ? name : name.substring(0, nested);
  }

  private static Set<String> closure(String from, Map<String, Set<String>> direct) {
    Set<String> closure = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(direct.get(from));
    while (!open.isEmpty()) {
      String next = open.pop();
      if (closure.add(next)) {
        open.addAll(direct.get(next));
      }
    }
    return closure;
  }

  private static ArchCondition<JavaClass> nameVisibleTypesOnly() {
    return new ArchCondition<>("name visible types only in what they show") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaMember member : type.getMembers()) {
          if (member.getModifiers().contains(JavaModifier.PUBLIC)
              || member.getModifiers().contains(JavaModifier.PROTECTED)) {
            signature(member)
                .flatMap(part -> part.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getBaseComponentType)
                .filter(named -> named.getPackageName().contains("dev.crosswalk"))
                .filter(named -> !isVisible(named))
                .forEach(
                    hidden ->
                        events.add(
                            SimpleConditionEvent.violated(
                                member, member.getFullName() + " names " + hidden.getName())));
          }
        }
      }
    };
  }

  private static Stream<JavaType> signature(JavaMember member) {
    if (member instanceof JavaCodeUnit codeUnit) {
      return Stream.concat(
          Stream.of(codeUnit.getReturnType()), codeUnit.getParameterTypes().stream());
    }
    return Stream.of(((JavaField) member).getType());
  }

  /** Makes packages of classes: those that have a class of their own. */
  private static ClassesTransformer<JavaPackage> packages(
      DescribedPredicate<? super JavaClass> predicate) {
    return new AbstractClassesTransformer<>("packages") {
      @Override
      public Iterable<JavaPackage> doTransform(JavaClasses classes) {
        return classes.stream()
            .filter(predicate)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .map(JavaClass::getPackage)
            .collect(Collectors.toCollection(LinkedHashSet::new));
      }
    };
  }

  private static ArchCondition<JavaPackage> haveOnePublicType() {
    return new ArchCondition<>("have one public type") {
      @Override
      public void check(JavaPackage adapter, ConditionEvents events) {
        List<String> publicTypes =
            adapter.getClasses().stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(ArchitectureRules::isWrittenByHand)
                .map(JavaClass::getName)
                .filter(name -> !FURTHER_PUBLIC_TYPES.containsKey(name))
                .sorted()
                .toList();
        events.add(
            new SimpleConditionEvent(
                adapter,
                publicTypes.size() == 1,
                adapter.getName() + " has the public types " + publicTypes));
      }
    };
  }

  private static ArchCondition<JavaPackage> beNullMarked() {
    return new ArchCondition<>("be @NullMarked") {
      @Override
      public void check(JavaPackage marked, ConditionEvents events) {
        String names =
            marked.getClasses().stream().map(JavaClass::getSimpleName).collect(joining(", "));
        events.add(
            new SimpleConditionEvent(
                marked,
                marked.isAnnotatedWith(NullMarked.class),
                marked.getName() + " (" + names + ") has no package-info with @NullMarked"));
      }
    };
  }
}
