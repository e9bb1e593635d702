package dev.crosswalk.cors.bench.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The two policies that take turns in the file of a server. They have no value in common. */
enum SoakPolicy {
  FIRST(
      """
      cors.allowed-origins=https://both.example, https://first.example
      cors.allow-credentials=true
      cors.allowed-methods=PUT
      cors.allowed-request-headers=x-first
      cors.exposed-response-headers=x-first-shown
      cors.max-age=100
      """),

  SECOND(
      """
      cors.allowed-origins=https://both.example, https://*.second.example
      cors.allowed-methods=DELETE
      cors.allowed-request-headers=x-second
      cors.exposed-response-headers=x-second-shown
      cors.max-age=200
      """);

  private final String text;

  SoakPolicy(String text) {
    this.text = text;
  }

  SoakPolicy other() {
    return this == FIRST ? SECOND : FIRST;
  }

  /** Puts the policy into a file at once, so that nobody sees half of it. */
  void moveTo(Path file) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
