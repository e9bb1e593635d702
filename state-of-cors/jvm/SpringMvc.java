// org.springframework.boot:spring-boot-starter-web:4.1.2
package state;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@SpringBootApplication
@RestController
public class SpringMvc implements WebMvcConfigurer {

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
        SpringMvc.class, "--server.address=127.0.0.1", "--server.port=" + arguments[0]);
  }
}
