package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.remedy.answer.HeaderName;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Printable;
import java.util.List;
import java.util.Optional;

/**
 * What a mistake is about.
 *
 * @param names of headers or methods, or an origin; none if it is about none of them
 * @param typo the header that is misspelled, if that is the mistake
 */
record Subject(List<String> names, Optional<HeaderName.Misspelled> typo) {

  static final Subject NONE = new Subject(List.of(), Optional.empty());

  Subject {
    names = List.copyOf(names);
  }

  static Subject of(String name) {
    return of(List.of(name));
  }

  static Subject of(List<String> names) {
    return new Subject(names, Optional.empty());
  }

  static Subject of(HeaderName.Misspelled typo) {
    return new Subject(List.of(), Optional.of(typo));
  }

  boolean isOrigin(String origin) {
    return names.equals(List.of(origin));
  }

  /** Whether it is this header, or this method, among others or alone. */
  boolean has(String name) {
    return names.stream().anyMatch(each -> Bytes.equalIgnoringCase(each, name));
  }

  /** As it is told; empty if there is nothing to tell. */
  @Override
  public String toString() {
    return typo.map(
            name -> Printable.printable(name.written()) + ", where " + name.meant() + " is meant")
        .orElse(String.join(", ", names));
  }
}
