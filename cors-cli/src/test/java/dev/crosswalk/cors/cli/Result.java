package dev.crosswalk.cors.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command, as at a console.
 *
 * @param err without the line breaks of a narrow terminal
 */
public record Result(int exit, String out, String err) {

  public static Result crosswalk(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Crosswalk.run(new PrintWriter(out, true), new PrintWriter(err, true), Ansi.OFF, arguments);
    return new Result(exit, out.toString(), unwrapped(err.toString()));
  }

  /** Without line breaks, which depend on the port's length. */
  public String text() {
    return out.replaceAll("\\s+", " ");
  }

  /** Lines of complaints go on below a margin of four columns, or of nine beside a level. */
  public static String unwrapped(String complaints) {
    return complaints.replaceAll("\n(?: {4}| {9})(?! )", " ");
  }

  public JsonNode json() {
    return JsonMapper.builder().build().readTree(out);
  }
}
