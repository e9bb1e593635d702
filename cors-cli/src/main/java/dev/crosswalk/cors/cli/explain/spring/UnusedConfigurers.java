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
      }
    }
    return faults;
  }
}
