package dev.headgrad.tape.core;

import org.jspecify.annotations.Nullable;

/**
 * Whether this thread records, and whether it trains; and how a call gets onto the tape.
 *
 * <p>The tape itself hangs on the arrays: each recorded output knows the node it came from. Any
 * number of threads may record at once, and a graph may be differentiated on another thread.
 */
public final class Tape {

  private static final class State {
    boolean recording;
    boolean training;
    int recorded; // so many nodes
  }

  private static final ThreadLocal<@Nullable State> STATE = new ThreadLocal<>();

  private Tape() {}

  /** No initial value: that takes a class, and a small program the time to load it. */
  private static State state() {
    State state = STATE.get();
    if (state == null) {
      state = new State();
      STATE.set(state);
    }
    return state;
  }

  /** Whether operations of this thread are recorded; off in a new thread. */
  public static boolean isRecording() {
    return state().recording;
  }

  /** Switches recording for this thread and returns what it was. */
  public static boolean setRecording(boolean recording) {
    State state = state();
    boolean was = state.recording;
    state.recording = recording;
    return was;
  }

  /** Whether layers of this thread behave as in training; off in a new thread. */
  public static boolean isTraining() {
    return state().training;
  }

  /** Switches training for this thread and returns what it was. */
  public static boolean setTraining(boolean training) {
    State state = state();
    boolean was = state.training;
    state.training = training;
    return was;
  }

  /** Records a call that was computed, of one or two inputs, if this thread records. */
  static void record(Op op, DenseArray a, @Nullable DenseArray b, DenseArray output) {
    State state = state();
    if (state.recording) {
      output.setVertex(new Node(op, state.recorded++, a, b, output), 0);
    }
  }

  /** Records a call that was computed, if this thread records. */
  static void record(Op op, DenseArray[] inputs, DenseArray[] outputs) {
    State state = state();
    if (state.recording) {
      Node node = new Node(op, state.recorded++, inputs, outputs);
      for (int i = 0; i < outputs.length; i++) {
        outputs[i].setVertex(node, i);
      }
    }
  }
}
