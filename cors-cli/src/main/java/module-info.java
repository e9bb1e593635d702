/** The command {@code crosswalk}: looks at the CORS of any server, in any language. */
module dev.crosswalk.cors.cli {
  requires dev.crosswalk.cors;
  requires dev.crosswalk.cors.tck;
  requires com.samskivert.jmustache;
  requires info.picocli;
  requires java.xml;
  requires org.opentest4j;
  requires org.yaml.snakeyaml;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires static org.jspecify;

  exports dev.crosswalk.cors.cli;

  opens dev.crosswalk.cors.cli to
      info.picocli;
  opens dev.crosswalk.cors.cli.check to
      com.samskivert.jmustache,
      info.picocli;
  opens dev.crosswalk.cors.cli.diagnose to
      info.picocli;
  opens dev.crosswalk.cors.cli.explain to
      info.picocli;
  opens dev.crosswalk.cors.cli.grant to
      com.samskivert.jmustache;
  opens dev.crosswalk.cors.cli.policy to
      info.picocli;
  opens dev.crosswalk.cors.cli.remedy to
      com.samskivert.jmustache;
}
