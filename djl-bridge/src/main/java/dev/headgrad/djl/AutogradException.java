package dev.headgrad.djl;

/**
 * A use of autograd that its contract forbids, such as a backward from an array that was not
 * recorded. The message says what was wrong and what would be right, in the same words on every
 * engine; arrays, gradients and flags are as they were before the call.
 */
public class AutogradException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what was wrong, and what would be right
   */
  public AutogradException(String message) {
    super(message);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message what was wrong, and what would be right
   * @param cause what the engine or the user's function threw
   */
  public AutogradException(String message, Throwable cause) {
    super(message, cause);
  }
}
