// org.apache.tomcat.embed:tomcat-embed-core:11.0.27
// + Items.java
package state;

import org.apache.catalina.Context;
import org.apache.catalina.filters.CorsFilter;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

public class TomcatFilter {
  public static void main(String[] arguments) throws Exception {
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

    FilterDef filter = new FilterDef();
    filter.setFilterName("CorsFilter");
    filter.setFilterClass(CorsFilter.class.getName());
    filter.addInitParameter("cors.allowed.origins", "https://app.example.com");
    filter.addInitParameter("cors.allowed.methods", "GET,POST,HEAD,OPTIONS,PUT");
    filter.addInitParameter("cors.support.credentials", "true");
    context.addFilterDef(filter);
    FilterMap mapping = new FilterMap();
    mapping.setFilterName("CorsFilter");
    mapping.addURLPattern("/*");
    context.addFilterMap(mapping);

    tomcat.start();
    tomcat.getServer().await();
  }
}
