package dev.crosswalk.cors.cli.policy.from;

import dev.crosswalk.cors.tck.url.Printable;
import java.util.List;
import java.util.Map;

/**
 * A policy that was another server's.
 *
 * @param settings as Crosswalk writes them, in their order; empty if nothing could be carried over
 * @param findings what differs from the original, and what was wrong with that, by their lines
 */
public record Imported(Map<String, String> settings, List<Finding> findings) {

  /** What a finding says of the original. */
  public enum Level {
    /** It grants more than was meant. */
    DANGER,
    /** It never worked. */
    BROKEN,
    /** The policy grants more here, because nothing says exactly the same. */
    WIDER,
    /** It is not, or not wholly, in the policy, which grants less here. */
    DROPPED
  }

  /**
   * Something that somebody has to know of the original.
   *
   * @param line from 1; 0 if it is the whole
   * @param sentence what is so, and what to do about it
   */
  public record Finding(Level level, String file, int line, String sentence) {

    /** Longer than every sentence of ours; what is quoted of a file may be longer still. */
    private static final int MAX_SENTENCE = 1_000;

    /** What is quoted of a file is the file's, and not for a terminal to obey. */
    public Finding {
      sentence = Printable.shown(sentence, MAX_SENTENCE);
    }

    @Override
    public String toString() {
      return file + (line > 0 ? ":" + line : "") + ": " + sentence;
    }
  }

  /** Returns the policy as a file. */
  public String file() {
    StringBuilder text = new StringBuilder();
    settings.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return text.toString();
  }
}
