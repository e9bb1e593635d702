package dev.crosswalk.cors.tck.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.tck.wire.Headers;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a test on every vector of one kind. Those of {@code fetch-vectors.json} come from the
 * standard's own test suite and from those of browsers; those of {@code wpt-vectors.json} were
 * transcribed later from web-platform-tests, and those of {@code our-vectors.json} are ours, read
 * from the standards. They are data, and the one thing the user agent is held to.
 *
 * <p>{@code -Dvectors=FILE} runs the tests on another file of the same form.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@ArgumentsSource(Vectors.Source.class)
@ExtendWith(Vectors.Naming.class)
@interface Vectors {

  String kind();

  /** How many there are in {@code fetch-vectors.json}: so that none is lost without a failure. */
  int count();

  String NOT_LOOKED_AT = "not all of the vector was looked at";

  /** One vector. It knows what was read of it, and must have been read whole. */
  final class Vector {

    private final String id;
    private final String source;
    private final JsonNode input;
    private final JsonNode expected;
    private final Set<String> unread = new TreeSet<>();

    private Vector(JsonNode vector) {
      id = vector.required("id").asString();
      source = vector.required("source").asString();
      input = vector.required("input");
      expected = vector.required("expected");
      input.propertyNames().forEach(name -> unread.add("input." + name));
      expected.propertyNames().forEach(name -> unread.add("expected." + name));
    }

    JsonNode input(String name) {
      unread.remove("input." + name);
      return input.path(name);
    }

    JsonNode expected(String name) {
      unread.remove("expected." + name);
      return expected.path(name);
    }

    String text(String name) {
      JsonNode node = input(name);
      assertEquals(true, node.isString(), id + " has no text " + name);
      return node.asString();
    }

    String textOr(String name, String otherwise) {
      JsonNode node = input(name);
      return node.isString() ? node.asString() : otherwise;
    }

    boolean is(String name) {
      return input(name).asBoolean(false);
    }

    boolean isExpected(String name) {
      JsonNode node = expected(name);
      assertEquals(true, node.isBoolean(), id + " does not say whether " + name);
      return node.asBoolean();
    }

    /** Pairs of a name and a value, raw as on the wire. */
    Headers headers(String name) {
      return pairs(input(name));
    }

    /** An object inside a field, which has these names and no others. */
    JsonNode object(JsonNode node, String... names) {
      Set<String> others = new TreeSet<>(node.propertyNames());
      others.removeAll(Set.of(names));
      assertEquals(Set.of(), others, NOT_LOOKED_AT);
      return node;
    }

    static Headers pairs(JsonNode node) {
      List<Headers.Field> fields = new ArrayList<>();
      node.forEach(
          pair -> fields.add(new Headers.Field(pair.get(0).asString(), pair.get(1).asString())));
      return Headers.of(fields);
    }

    static List<String> strings(JsonNode node) {
      List<String> strings = new ArrayList<>();
      node.forEach(item -> strings.add(item.asString()));
      return strings;
    }

    @Override
    public String toString() {
      return id;
    }
  }

  /** Puts the vector's id into every failure, and fails a test that has not read all of it. */
  final class Naming implements InvocationInterceptor {

    @Override
    public void interceptTestTemplateMethod(
        Invocation<Void> invocation,
        ReflectiveInvocationContext<Method> method,
        ExtensionContext context)
        throws Throwable {
      Vector vector = (Vector) method.getArguments().get(0);
      try {
        invocation.proceed();
        assertEquals(Set.of(), vector.unread, NOT_LOOKED_AT);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(vector.id + " (" + vector.source + "): " + e.getMessage(), e);
      }
    }
  }

  /** The vectors of the kind that the test method names. */
  final class Source implements ArgumentsProvider {

    private static final Map<String, List<JsonNode>> OF_BROWSERS =
        byKind(resource("fetch-vectors.json"));
    private static final Map<String, List<JsonNode>> OURS =
        byKind(resource("our-vectors.json"), resource("wpt-vectors.json"));

    static Map<String, List<JsonNode>> ofBrowsers() {
      return OF_BROWSERS;
    }

    static Map<String, List<JsonNode>> ours() {
      return OURS;
    }

    static Map<String, List<JsonNode>> file(String name) {
      return byKind(JsonMapper.shared().readTree(new File(name)));
    }

    private static JsonNode resource(String name) {
      try (InputStream json = Vectors.class.getResourceAsStream(name)) {
        return JsonMapper.shared().readTree(Objects.requireNonNull(json, name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Map<String, List<JsonNode>> byKind(JsonNode... files) {
      Map<String, List<JsonNode>> byKind = new LinkedHashMap<>();
      for (JsonNode all : files) {
        all.forEach(
            vector ->
                byKind
                    .computeIfAbsent(vector.required("kind").asString(), kind -> new ArrayList<>())
                    .add(vector));
      }
      return byKind;
    }

    @Override
    public Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      Vectors wanted = context.getRequiredTestMethod().getAnnotation(Vectors.class);
      // JUnit's parameter: of the request that runs the test, or else the system property.
      Optional<String> file = context.getConfigurationParameter("vectors");
      Map<String, List<JsonNode>> byKind = file.map(Source::file).orElse(OF_BROWSERS);
      List<JsonNode> vectors = byKind.getOrDefault(wanted.kind(), List.of());
      if (file.isPresent() && vectors.isEmpty()) {
        throw new TestAbortedException(file.get() + " has no vector of the kind " + wanted.kind());
      }
      if (file.isEmpty()) {
        assertEquals(wanted.count(), vectors.size(), "how many vectors of kind " + wanted.kind());
        vectors = new ArrayList<>(vectors);
        vectors.addAll(OURS.getOrDefault(wanted.kind(), List.of()));
      }
      return vectors.stream().map(vector -> Arguments.of(new Vector(vector)));
    }
  }
}
