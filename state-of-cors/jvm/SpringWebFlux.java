// org.springframework.boot:spring-boot-starter-webflux:4.1.2
// without io.netty:netty-transport-native-epoll
// without io.netty:netty-resolver-dns-native-macos
// without io.netty:netty-codec-http3
// without io.netty:netty-codec-native-quic
package state;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.CorsRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;

@SpringBootApplication
@RestController
public class SpringWebFlux implements WebFluxConfigurer {

  @Override
  public void addCorsMappings(CorsRegistry registry) {
    registry
        .addMapping("/**")
        .allowedOrigins("https://app.example.com")
        .allowedMethods("GET", "PUT")
        .allowCredentials(true);
  }

  @GetMapping("/items")
  public Map<String, Object> items() {
    return Map.of("items", new int[0]);
  }

  public static void main(String[] arguments) {
    SpringApplication.run(
        SpringWebFlux.class, "--server.address=127.0.0.1", "--server.port=" + arguments[0]);
  }
}
