package dev.crosswalk.cors.tck;

import com.sun.net.httpserver.HttpExchange;
import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsAdapter;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.ResponseWriter;

/** The reference adapter, for the JDK's own server: how to read a request, and write a response. */
class JdkCors implements RequestReader<HttpExchange>, ResponseWriter<HttpExchange> {

  final Cors cors;

  JdkCors(Cors cors) {
    this.cors = CorsAdapter.requirePolicy(cors, "JdkCors");
    cors.logWarnings();
  }

  @Override
  public String method(HttpExchange exchange) {
    return exchange.getRequestMethod();
  }

  @Override
  public String path(HttpExchange exchange) {
    return exchange.getRequestURI().getRawPath();
  }

  @Override
  public String header(HttpExchange exchange, String name) {
    return RequestReader.combine(exchange.getRequestHeaders().get(name));
  }

  @Override
  public String get(HttpExchange exchange, String name) {
    return RequestReader.combine(exchange.getResponseHeaders().get(name));
  }

  @Override
  public void set(HttpExchange exchange, String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  @Override
  public void remove(HttpExchange exchange, String name) {
    exchange.getResponseHeaders().remove(name);
  }
}
