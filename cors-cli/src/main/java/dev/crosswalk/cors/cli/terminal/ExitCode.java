package dev.crosswalk.cors.cli.terminal;

/**
 * The exit codes of the commands. {@code 0} and {@code 1} mean the same for all of them; {@code
 * policy diff} needs {@code 2} for its worst answer, so a mistake in a command of {@code policy} is
 * {@code 3}.
 */
public final class ExitCode {

  /** Everything is as it should be. */
  public static final int HOLDS = 0;

  /** The server, or the policy, is not as it should be. */
  public static final int BROKEN = 1;

  /** There is nothing to judge: a mistake in the command, or a server that does not answer. */
  public static final int USAGE = 2;

  /** {@code policy diff}: the new policy grants something that the old one did not. */
  public static final int WIDER = 2;

  /** There is nothing to judge: a mistake in a command of {@code policy}, or in its file. */
  public static final int POLICY_USAGE = 3;

  private ExitCode() {}
}
