package dev.headgrad.tape.core;

/**
 * Whether this thread records, and whether it trains; and how a call gets onto the tape.
 *
 * <p>The tape itself hangs on the arrays: each recorded output knows the node it came from. Any
 * number of threads may record at once, and a graph may be differentiated on another thread.
 */
public final class Tape {

  private static final class Flags {
    boolean recording;
    boolean training;
  }

  private static final ThreadLocal<Flags> FLAGS = ThreadLocal.withInitial(Flags::new);

  private Tape() {}

  /** Whether operations of this thread are recorded; off in a new thread. */
  public static boolean isRecording() {
    return FLAGS.get().recording;
  }

  /** Switches recording for this thread and returns what it was. */
  public static boolean setRecording(boolean recording) {
    Flags flags = FLAGS.get();
    boolean was = flags.recording;
    flags.recording = recording;
    return was;
  }

  /** Whether layers of this thread behave as in training; off in a new thread. */
  public static boolean isTraining() {
    return FLAGS.get().training;
  }

  /** Switches training for this thread and returns what it was. */
  public static boolean setTraining(boolean training) {
    Flags flags = FLAGS.get();
    boolean was = flags.training;
    flags.training = training;
    return was;
  }

  /** Records a call that was computed. */
  static void record(Op op, DenseArray[] inputs, DenseArray[] outputs) {
    int depth = 0;
    for (DenseArray x : inputs) {
      Vertex vertex = x.vertex();
      if (vertex != null) {
        depth = Math.max(depth, vertex.depth());
      }
    }
    Node node = new Node(depth + 1, op, inputs, outputs);
    for (int i = 0; i < outputs.length; i++) {
      outputs[i].setVertex(node, i);
    }
  }
}
