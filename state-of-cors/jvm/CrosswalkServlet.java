// org.apache.tomcat.embed:tomcat-embed-core:11.0.27
// + Items.java
// dev.crosswalk:cors-servlet:0.1.0-SNAPSHOT
package state;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.servlet.CorsPolicyFilter;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

public class CrosswalkServlet {
  public static void main(String[] arguments) throws Exception {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins("https://app.example.com")
            .allowMethods("PUT")
            .allowCredentials()
            .build();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(Integer.parseInt(arguments[0]));
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet");
    context.addServletMappingDecoded("/", "default");
    Tomcat.addServlet(context, "items", new Items());
    context.addServletMappingDecoded("/items", "items");
    context.addServletContainerInitializer(
        (classes, servletContext) -> CorsPolicyFilter.register(servletContext, policy), null);
    tomcat.start();
    tomcat.getServer().await();
  }
}
