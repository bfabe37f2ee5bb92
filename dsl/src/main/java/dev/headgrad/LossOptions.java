package dev.headgrad;

/** {@link Options} of losses. What is not set has MXNet's default. */
public final class LossOptions {

  private LossOptions() {}

  /** Of the softmax that brings its own gradient. */
  public static final class SoftmaxOutput {
    private double gradScale = 1;
    private double ignoreLabel = -1;
    private boolean multiOutput;
    private boolean useIgnore;
    private boolean preserveShape;
    private String normalization = "null";
    private boolean outGrad;
    private double smoothAlpha;

    /** What the gradient is multiplied with; 1 by default. */
    public SoftmaxOutput gradScale(double scale) {
      gradScale = scale;
      return this;
    }

    /** The label that is left out, if {@link #useIgnore}; -1 by default. */
    public SoftmaxOutput ignoreLabel(double label) {
      ignoreLabel = label;
      return this;
    }

    /** Whether the classes are on axis 1, and the further axes are places. */
    public SoftmaxOutput multiOutput(boolean multi) {
      multiOutput = multi;
      return this;
    }

    /** Whether a label is left out. */
    public SoftmaxOutput useIgnore(boolean ignore) {
      useIgnore = ignore;
      return this;
    }

    /** Whether the classes are on the last axis. */
    public SoftmaxOutput preserveShape(boolean preserve) {
      preserveShape = preserve;
      return this;
    }

    /** {@code null} (the default), {@code batch}, or {@code valid}: by labels not left out. */
    public SoftmaxOutput normalization(String name) {
      normalization = name;
      return this;
    }

    /** Whether the gradient is multiplied with the head. */
    public SoftmaxOutput outGrad(boolean multiply) {
      outGrad = multiply;
      return this;
    }

    /** How much of the label's probability goes to the other classes; 0 by default. */
    public SoftmaxOutput smoothAlpha(double alpha) {
      smoothAlpha = alpha;
      return this;
    }

    double gradScale() {
      return gradScale;
    }

    double ignoreLabel() {
      return ignoreLabel;
    }

    boolean multiOutput() {
      return multiOutput;
    }

    boolean useIgnore() {
      return useIgnore;
    }

    boolean preserveShape() {
      return preserveShape;
    }

    String normalization() {
      return normalization;
    }

    boolean outGrad() {
      return outGrad;
    }

    double smoothAlpha() {
      return smoothAlpha;
    }
  }

  /** Of the CTC loss. */
  public static final class Ctc {
    private boolean useDataLengths;
    private boolean useLabelLengths;
    private String blankLabel = "first";

    /** Whether sequences end early. */
    public Ctc useDataLengths(boolean use) {
      useDataLengths = use;
      return this;
    }

    /** Whether the lengths of the labels are given, rather than seen from their padding. */
    public Ctc useLabelLengths(boolean use) {
      useLabelLengths = use;
      return this;
    }

    /**
     * {@code first} (the default): class 0 is the blank and pads labels; {@code last}: the last
     * class is the blank and -1 pads labels.
     */
    public Ctc blankLabel(String which) {
      blankLabel = which;
      return this;
    }

    boolean useDataLengths() {
      return useDataLengths;
    }

    boolean useLabelLengths() {
      return useLabelLengths;
    }

    String blankLabel() {
      return blankLabel;
    }
  }
}
