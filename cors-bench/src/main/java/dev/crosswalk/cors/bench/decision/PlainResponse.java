package dev.crosswalk.cors.bench.decision;

import dev.crosswalk.cors.ResponseWriter;
import org.jspecify.annotations.Nullable;

/** The plainest response there is: names and values in two arrays. Writing it makes no object. */
final class PlainResponse {

  static final ResponseWriter<PlainResponse> WRITER =
      new ResponseWriter<>() {
        @Override
        public @Nullable String get(PlainResponse response, String name) {
          return response.get(name);
        }

        @Override
        public void set(PlainResponse response, String name, String value) {
          response.set(name, value);
        }

        @Override
        public void remove(PlainResponse response, String name) {
          response.remove(name);
        }
      };

  private final String[] names = new String[16];
  private final String[] values = new String[16];
  private int size;

  void clear() {
    size = 0;
  }

  @Nullable String get(String name) {
    int i = indexOf(name);
    return i < 0 ? null : values[i];
  }

  void set(String name, String value) {
    int i = indexOf(name);
    if (i < 0) {
      names[size] = name;
      values[size++] = value;
    } else {
      values[i] = value;
    }
  }

  void remove(String name) {
    int i = indexOf(name);
    if (i >= 0) {
      names[i] = names[--size];
      values[i] = values[size];
    }
  }

  /** In one case, because all who write here spell a name alike. */
  private int indexOf(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].length() == name.length() && names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  int size() {
    return size;
  }
}
