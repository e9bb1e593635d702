package dev.crosswalk.cors.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no container can be made to say in a test: default ports, and each kind of dispatch. */
class ServletRequestReaderTest {

  /** What the request says, by the name of the method; attributes by theirs. */
  private final Map<String, Object> said = new HashMap<>();

  private final HttpServletRequest request =
      (HttpServletRequest)
          Proxy.newProxyInstance(
              HttpServletRequest.class.getClassLoader(),
              new Class<?>[] {HttpServletRequest.class},
              (proxy, method, arguments) ->
                  said.get(
                      method.getName().equals("getAttribute") ? arguments[0] : method.getName()));

  @ParameterizedTest
  @CsvSource({
    "http, 80, api.example",
    "https, 443, api.example",
    "http, 443, api.example:443",
    "https, 80, api.example:80",
    "http, 8080, api.example:8080",
    "https, 8443, api.example:8443",
  })
  void the_authority_of_http2_has_the_port_unless_it_is_the_default(
      String scheme, int port, String authority) {
    said.putAll(
        Map.of(
            "getProtocol",
            "HTTP/2.0",
            "getScheme",
            scheme,
            "getServerName",
            "api.example",
            "getServerPort",
            port));
    assertEquals(authority, ServletRequestReader.INSTANCE.authority(request));
    said.put("getProtocol", "HTTP/1.1");
    assertEquals(null, ServletRequestReader.INSTANCE.authority(request));
  }

  @Test
  void the_authority_is_the_clients_whatever_a_filter_makes_of_it() {
    said.putAll(
        Map.of(
            "getProtocol", "HTTP/2.0",
            "getScheme", "https",
            "getServerName", "api.example",
            "getServerPort", 443));
    HttpServletRequest forwarded =
        new HttpServletRequestWrapper(request) {
          @Override
          public String getServerName() {
            return "elsewhere.example";
          }
        };
    assertEquals("api.example", ServletRequestReader.INSTANCE.authority(forwarded));
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR, " + RequestDispatcher.ERROR_REQUEST_URI,
    "FORWARD, " + RequestDispatcher.FORWARD_REQUEST_URI,
    "ASYNC, " + AsyncContext.ASYNC_REQUEST_URI,
  })
  void the_path_of_a_dispatch_is_the_one_that_led_there(DispatcherType type, String attribute) {
    said.putAll(Map.of("getDispatcherType", type, "getRequestURI", "/page"));
    assertEquals("/page", ServletRequestReader.INSTANCE.path(request));
    said.put(attribute, 1);
    assertEquals("/page", ServletRequestReader.INSTANCE.path(request));
    said.put(attribute, "/sent");
    assertEquals("/sent", ServletRequestReader.INSTANCE.path(request));
    said.put("getDispatcherType", DispatcherType.REQUEST);
    assertEquals("/page", ServletRequestReader.INSTANCE.path(request));
  }

  @Test
  void the_method_of_an_error_is_the_one_that_led_there() {
    said.putAll(Map.of("getDispatcherType", DispatcherType.ERROR, "getMethod", "GET"));
    assertEquals("GET", ServletRequestReader.INSTANCE.method(request));
    said.put("jakarta.servlet.error.method", "PUT");
    assertEquals("PUT", ServletRequestReader.INSTANCE.method(request));
    said.put("getDispatcherType", DispatcherType.REQUEST);
    assertEquals("GET", ServletRequestReader.INSTANCE.method(request));
  }
}
