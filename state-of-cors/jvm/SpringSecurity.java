// org.springframework.boot:spring-boot-starter-web:4.1.2
// org.springframework.boot:spring-boot-starter-security:4.1.2
package state;

import java.util.Arrays;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

@SpringBootApplication
@RestController
public class SpringSecurity {

  @Bean
  UrlBasedCorsConfigurationSource corsConfigurationSource() {
    CorsConfiguration configuration = new CorsConfiguration();
    configuration.setAllowedOrigins(Arrays.asList("https://app.example.com"));
    configuration.setAllowedMethods(Arrays.asList("GET", "PUT"));
    configuration.setAllowCredentials(true);
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    source.registerCorsConfiguration("/**", configuration);
    return source;
  }

  @Bean
  SecurityFilterChain chain(HttpSecurity http) throws Exception {
    return http.cors(Customizer.withDefaults())
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  @GetMapping("/items")
  public Map<String, Object> items() {
    return Map.of("items", new int[0]);
  }

  public static void main(String[] arguments) {
    SpringApplication.run(
        SpringSecurity.class, "--server.address=127.0.0.1", "--server.port=" + arguments[0]);
  }
}
