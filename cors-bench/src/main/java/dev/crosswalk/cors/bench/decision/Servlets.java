package dev.crosswalk.cors.bench.decision;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The plain carriers in the shape that servlet peers ask for. What they do not ask for throws. */
final class Servlets {

  private Servlets() {}

  static <T> T nothing(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("toString")) {
                return type.getSimpleName();
              }
              if (method.getName().equals("hashCode")) {
                return System.identityHashCode(proxy);
              }
              throw new UnsupportedOperationException(method.toString());
            }));
  }

  static final class Request extends HttpServletRequestWrapper {

    private static final HttpServletRequest NO_REQUEST = nothing(HttpServletRequest.class);
    private static final List<String> NAMES =
        List.of(
            "Host",
            "Sec-Fetch-Site",
            "Origin",
            "Access-Control-Request-Method",
            "Access-Control-Request-Headers");

    private final PlainRequest plain;
    private final List<String> names;

    Request(PlainRequest plain) {
      super(NO_REQUEST);
      this.plain = plain;
      names = NAMES.stream().filter(name -> plain.header(name) != null).toList();
    }

    @Override
    public String getMethod() {
      return plain.method();
    }

    @Override
    public @Nullable String getHeader(String name) {
      return plain.header(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      String value = plain.header(name);
      return Collections.enumeration(value == null ? List.of() : List.of(value));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      return Collections.enumeration(names);
    }

    @Override
    public String getScheme() {
      return "https";
    }

    @Override
    public String getServerName() {
      return "api.example";
    }

    @Override
    public int getServerPort() {
      return 443;
    }

    @Override
    public String getRequestURI() {
      return "/";
    }

    @Override
    public @Nullable String getContentType() {
      return null;
    }

    @Override
    public int getContentLength() {
      return -1;
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {}

    @Override
    public @Nullable Object getAttribute(String name) {
      return null;
    }
  }

  static final class Response extends HttpServletResponseWrapper {

    private final PlainResponse plain;
    private int status = 200;

    Response(PlainResponse plain) {
      super(nothing(HttpServletResponse.class));
      this.plain = plain;
    }

    @Override
    public boolean containsHeader(String name) {
      return plain.get(name) != null;
    }

    @Override
    public @Nullable String getHeader(String name) {
      return plain.get(name);
    }

    @Override
    public Collection<String> getHeaders(String name) {
      String value = plain.get(name);
      return value == null ? List.of() : List.of(value);
    }

    @Override
    public void setHeader(String name, String value) {
      plain.set(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
      String present = plain.get(name);
      plain.set(name, present == null ? value : present + ", " + value);
    }

    @Override
    public void setStatus(int status) {
      this.status = status;
    }

    @Override
    public int getStatus() {
      return status;
    }

    @Override
    public @Nullable String getContentType() {
      return null;
    }

    @Override
    public void setContentType(String type) {}

    @Override
    public String getCharacterEncoding() {
      return "UTF-8";
    }

    @Override
    public void setLocale(Locale locale) {}

    @Override
    public void resetBuffer() {}

    @Override
    public void flushBuffer() {}

    @Override
    public ServletOutputStream getOutputStream() {
      return NO_OUTPUT;
    }
  }

  private static final ServletOutputStream NO_OUTPUT =
      new ServletOutputStream() {
        private final OutputStream nowhere = OutputStream.nullOutputStream();

        @Override
        public void write(int b) throws java.io.IOException {
          nowhere.write(b);
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
      };
}
