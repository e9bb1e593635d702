package dev.crosswalk.cors.cli.explain.spring;

import dev.crosswalk.cors.cli.explain.layer.Fault;
import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Configurers that Spring does not find, because an annotation or an interface is missing. */
record UnusedConfigurers(SourceCode code) {

  private static final Pattern MVC_METHOD =
      Pattern.compile("\\bWebMvcConfigurer\\s{1,9}\\w{1,60}\\s?\\(\\s?\\)\\s{0,9}\\{");

  private static final Pattern MVC_CLASS =
      Pattern.compile(
          "((?:@[\\w.]{2,40}(?:\\([^)\\n]{0,200}\\))?\\s{1,40}){0,6})(?:public\\s|final\\s|open\\s){0,3}class\\s{1,3}(\\w{1,60})([^{;]{0,200})\\{");

  private static final Pattern CONFIGURED =
      Pattern.compile(
          "@(?:Configuration|Component|SpringBootApplication|EnableWebMvc|TestConfiguration|AutoConfiguration|ControllerAdvice|Service)\\b|@Enable\\w+");

  private static final Pattern CONFIGURER =
      Pattern.compile(
          "\\b(?:WebMvcConfigur\\w+|WebFluxConfigurer|RepositoryRestConfigurer\\w*|DelegatingWebMvcConfiguration|RepositoryRestMvcConfiguration|WebMvcAutoConfiguration\\w*)\\b");

  /** A bean that does CORS. */
  private static final Pattern BEAN =
      Pattern.compile(
          "@Bean\\b[^;{}]{0,200}\\b(?:\\w{0,30}CorsConfigurationSource|Cors(?:Web)?Filter|FilterRegistrationBean|WebMvcConfigurer|WebFluxConfigurer|Security(?:Web)?FilterChain)\\b");

  /** What stands in front of a class that is not cut off. */
  private static final Pattern WHOLE = Pattern.compile("\\bimport\\s[\\w.*]{3,120};?\\s{0,40}$");

  /** What Spring does not find. */
  List<Fault> found() {
    List<Fault> faults = new ArrayList<>();
    if (code.has(MVC_METHOD)
        && code.text().contains("@Configuration")
        && !code.text().contains("@Bean")) {
      faults.add(Fault.of(What.NO_BEAN));
    }
    Matcher type = MVC_CLASS.matcher(code.text());
    while (type.find()) {
      String body = code.text().substring(type.end() - 1, code.closing(type.end() - 1));
      boolean own =
          body.contains("addCorsMappings(")
              && !body.contains("WebMvcConfigurer")
              && !body.contains("WebFluxConfigurer");
      if (own && !CONFIGURER.matcher(type.group(3)).find()) {
        faults.add(Fault.of(What.NOT_IMPLEMENTED, "class", type.group(2)));
      } else if (own
          && !CONFIGURED.matcher(type.group(1)).find()
          && !type.group(3).contains("Application")
          && !code.has(
              Pattern.compile("\\b(?:new\\s+|@Import\\([^)]{0,100})" + type.group(2) + "\\b"))) {
        faults.add(Fault.of(What.NO_CONFIGURATION, "class", type.group(2)));
      } else if (isUnread(type, body)) {
        faults.add(Fault.of(What.BEAN_WITHOUT_CONFIGURATION, "class", type.group(2)));
      }
    }
    return faults;
  }

  /** A class with such a bean, and without an annotation, where the paste shows those of others. */
  private boolean isUnread(Matcher type, String body) {
    String before = code.text().substring(0, type.start());
    boolean shown =
        WHOLE.matcher(before).find()
            || CONFIGURED.matcher(code.text()).find() && !body.contains("@Configuration");
    boolean inner = depth(before) > 0;
    return shown
        && !inner
        && BEAN.matcher(body).find()
        && type.group(1).isBlank()
        && !CONFIGURER.matcher(type.group(3)).find()
        && !type.group(3).contains("WebSecurityConfigurerAdapter")
        && !code.has(
            Pattern.compile(
                "@Import\\([^)]{0,200}\\b" + type.group(2) + "\\b|\\bnew\\s+" + type.group(2)));
  }

  private static int depth(String text) {
    int depth = 0;
    for (int at = 0; at < text.length(); at++) {
      depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
    }
    return depth;
  }
}
