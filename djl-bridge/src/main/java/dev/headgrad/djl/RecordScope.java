package dev.headgrad.djl;

import org.jspecify.annotations.Nullable;

/**
 * A region of code in which the recording and training flags of the current thread are changed.
 *
 * <p>Scopes nest freely. Closing one gives the flags back the values that they had when it was
 * opened, also after an exception:
 *
 * <pre>{@code
 * try (RecordScope scope = Autograd.record(engine)) {
 *   y = x.mul(2);
 * }
 * }</pre>
 *
 * <p>A scope serves one {@code try}: it is entered when it is made, and it cannot be entered again.
 * It belongs to the thread that opened it, since the flags are per thread.
 */
public final class RecordScope implements AutoCloseable {

  private final EngineAutograd autograd;
  private final Thread thread = Thread.currentThread();
  private final boolean wasRecording;
  private final boolean wasTraining;
  private boolean closed;

  RecordScope(EngineAutograd autograd, @Nullable Boolean recording, @Nullable Boolean training) {
    this.autograd = autograd;
    this.wasRecording =
        recording == null ? autograd.isRecording() : autograd.setRecording(recording);
    this.wasTraining = training == null ? autograd.isTraining() : autograd.setTraining(training);
  }

  /**
   * Restores the flags.
   *
   * @throws AutogradException if the scope is closed already, as when one object is nested in
   *     itself, or if another thread opened it
   */
  @Override
  public void close() {
    if (Thread.currentThread() != thread) {
      throw new AutogradException(
          "a scope opened by thread "
              + thread.getName()
              + " was closed by thread "
              + Thread.currentThread().getName()
              + "; recording is per thread, close it where it was opened");
    }
    if (closed) {
      throw new AutogradException(
          "a recording scope was closed twice; one scope object serves one try block, open a new"
              + " scope for each");
    }
    closed = true;
    autograd.setRecording(wasRecording);
    autograd.setTraining(wasTraining);
  }
}
