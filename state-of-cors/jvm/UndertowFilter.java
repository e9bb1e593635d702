// io.undertow:undertow-servlet:2.3.26.Final
// + Items.java
package state;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

public class UndertowFilter {

  public static class SimpleCorsFilter implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      HttpServletResponse out = (HttpServletResponse) response;
      out.setHeader(
          "Access-Control-Allow-Origin", ((HttpServletRequest) request).getHeader("Origin"));
      out.setHeader("Access-Control-Allow-Credentials", "true");
      out.setHeader("Access-Control-Allow-Methods", "POST, GET, OPTIONS, DELETE");
      out.setHeader("Access-Control-Max-Age", "3600");
      out.setHeader("Access-Control-Allow-Headers", "Content-Type, Accept, X-Requested-With");
      chain.doFilter(request, response);
    }
  }

  public static void main(String[] arguments) throws Exception {
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(UndertowFilter.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("items")
            .addFilter(Servlets.filter("cors", SimpleCorsFilter.class))
            .addFilterUrlMapping("cors", "/*", DispatcherType.REQUEST)
            .addServlet(Servlets.servlet("items", Items.class).addMapping("/items"));
    DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
    manager.deploy();
    Undertow.builder()
        .addHttpListener(Integer.parseInt(arguments[0]), "127.0.0.1", manager.start())
        .build()
        .start();
  }
}
