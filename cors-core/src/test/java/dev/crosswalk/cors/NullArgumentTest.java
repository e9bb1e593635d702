package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsAdapter.OtherFilter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.TypeVariable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Calls every public method of the package with a null at each place that does not take one. A
 * value of a setting may be null: that is a problem, and found later.
 */
@DisplayName("An argument that is null")
class NullArgumentTest {

  private static final CorsPolicy POLICY =
      CorsPolicy.builder().allowOrigins("https://app.example.com").build();

  private static final Cors.Request REQUEST =
      Cors.Request.of("GET", "/").from("https://app.example.com");

  private static final ResponseWriter<Map<String, String>> WRITER =
      new ResponseWriter<>() {
        @Override
        public @Nullable String get(Map<String, String> response, String name) {
          return response.get(name);
        }

        @Override
        public void set(Map<String, String> response, String name, String value) {
          response.put(name, value);
        }

        @Override
        public void remove(Map<String, String> response, String name) {
          response.remove(name);
        }
      };

  /** Objects whose methods are called; of the other types, only what is static. */
  private static List<Object> objects() {
    return List.of(
        POLICY,
        POLICY.toBuilder(),
        CrossOriginGuard.around(POLICY).build(),
        CrossOriginGuard.around(POLICY),
        Cors.byPath(Map.of("/", POLICY)),
        Cors.observed(POLICY, event -> {}),
        new ReloadableCors(POLICY),
        REQUEST,
        POLICY.decide(REQUEST),
        POLICY.decide(REQUEST.preflight()),
        new FrameworkSettings(),
        FrameworkSettings.all().get(FrameworkSettings.all().size() - 1),
        FrameworkSettings.all().stream()
            .filter(k -> k.isOfNamedPolicy())
            .findFirst()
            .orElseThrow());
  }

  private static final List<Class<?>> STATIC =
      List.of(
          Cors.class,
          Cors.Request.class,
          CorsAdapter.class,
          CorsConfiguration.class,
          CorsObserver.class,
          CorsPolicy.class,
          CrossOriginGuard.class,
          FrameworkSettings.class,
          OtherFilter.class,
          ReloadableCors.class,
          RequestReader.class);

  @Test
  void is_told_with_what_to_pass() {
    List<String> bare = new ArrayList<>();
    int calls = 0;
    for (Class<?> type : STATIC) {
      List<Executable> all = new ArrayList<>(List.of(type.getConstructors()));
      Stream.of(type.getMethods())
          .filter(method -> Modifier.isStatic(method.getModifiers()))
          .forEach(all::add);
      for (Executable each : all) {
        calls += callWithNulls(each, null, bare);
      }
    }
    for (Object object : objects()) {
      for (Method method : object.getClass().getMethods()) {
        boolean isOurs = method.getDeclaringClass().getPackageName().equals("dev.crosswalk.cors");
        if (isOurs && !Modifier.isStatic(method.getModifiers()) && !method.isBridge()) {
          method.setAccessible(true);
          calls += callWithNulls(method, object, bare);
        }
      }
    }
    assertEquals(List.of(), bare);
    assertTrue(calls > 60, "only " + calls);
  }

  /** Calls a method once for each place, and returns how often. */
  private static int callWithNulls(Executable called, @Nullable Object on, List<String> bare) {
    Parameter[] parameters = called.getParameters();
    int calls = 0;
    for (int i = 0; i < parameters.length; i++) {
      // What a type of the framework has is for the reader and the writer, not for core.
      boolean isOfFramework = parameters[i].getParameterizedType() instanceof TypeVariable;
      boolean mayBeNull = parameters[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
      if (parameters[i].getType().isPrimitive() || isOfFramework || mayBeNull) {
        continue;
      }
      Object[] arguments = Stream.of(parameters).map(NullArgumentTest::sample).toArray();
      arguments[i] = null;
      calls++;
      try {
        if (called instanceof Constructor<?> constructor) {
          constructor.newInstance(arguments);
        } else {
          ((Method) called).invoke(on, arguments);
        }
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof NullPointerException npe && isBare(npe)) {
          bare.add(called + ", argument " + i + ": " + npe.getMessage());
        }
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(called.toString(), e);
      }
    }
    return calls;
  }

  /** Whether the JVM has written the message, or nobody. */
  private static boolean isBare(NullPointerException thrown) {
    return thrown.getMessage() == null || thrown.getMessage().startsWith("Cannot ");
  }

  private static Object sample(Parameter parameter) {
    Class<?> type = parameter.getType();
    if (type == boolean.class) {
      return false;
    }
    List<Object> samples =
        List.of(
            "x",
            new String[] {"x"},
            List.of("x"),
            Map.of(),
            POLICY,
            REQUEST,
            Cors.Request.READER,
            WRITER,
            Path.of("absent.properties"),
            Duration.ofHours(1),
            new IllegalStateException("x"),
            (Predicate<Object>) any -> false,
            (Function<Object, Object>) any -> any,
            (BiFunction<Object, Object, Object>) (any, other) -> any,
            (Consumer<Object>) any -> {},
            (Cors.Chooser) facts -> POLICY,
            (CorsObserver) event -> {});
    if (parameter.getParameterizedType() instanceof TypeVariable<?> framework) {
      return framework.getName().equals("Q") ? REQUEST : new TreeMap<String, String>();
    }
    return samples.stream()
        .filter(type::isInstance)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no sample of " + type));
  }

  @Test
  void is_told_inside_a_collection_as_well() {
    Map<@Nullable String, String> nameless = Collections.singletonMap(null, "x");
    Collection<OtherFilter> filters = Arrays.asList((OtherFilter) null);
    List<String> texts = Arrays.asList((String) null);
    for (Runnable call :
        List.<Runnable>of(
            () -> new Cors.Request("GET", "/", nameless),
            () -> new Cors.Request("GET", "/", Collections.singletonMap("A", null)),
            () -> CorsAdapter.warnOfOtherFilters(POLICY, "MyFilter", filters),
            () -> new FrameworkSettings().warnOfIgnored(texts, List.of()),
            () -> new FrameworkSettings().lookThrough("a file", false, texts, key -> key))) {
      NullPointerException thrown = assertThrows(NullPointerException.class, call::run);
      assertNotNull(thrown.getMessage());
      assertFalse(isBare(thrown), thrown::getMessage);
    }
  }
}
