package dev.crosswalk.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Notes on Spring Boot. Pages of other origins may read and write them, says application.yml. */
@SpringBootApplication
public class NotesApplication {

  /**
   * Starts the server on port 8085.
   *
   * @param arguments settings, as Spring Boot has them
   */
  public static void main(String[] arguments) {
    SpringApplication.run(NotesApplication.class, arguments);
  }
}
