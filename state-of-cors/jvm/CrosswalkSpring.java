// org.springframework.boot:spring-boot-starter-web:4.1.2
// dev.crosswalk:cors-spring:0.1.0-SNAPSHOT
// dev.crosswalk:cors-servlet:0.1.0-SNAPSHOT
package state;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class CrosswalkSpring {

  @GetMapping("/items")
  public Map<String, Object> items() {
    return Map.of("items", new int[0]);
  }

  public static void main(String[] arguments) {
    SpringApplication.run(
        CrosswalkSpring.class,
        "--server.address=127.0.0.1",
        "--server.port=" + arguments[0],
        "--cors.allowed-origins=https://app.example.com",
        "--cors.allowed-methods=PUT",
        "--cors.allow-credentials=true");
  }
}
