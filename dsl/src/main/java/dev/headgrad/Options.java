package dev.headgrad;

import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/**
 * MXNet's long lists of keywords, as objects: {@code nd.convolution(x, w, b, new
 * Options.Convolution().kernel(3, 3).pad(1, 1))}. What is not set has MXNet's default.
 */
public final class Options {

  private Options() {}

  /** Of convolutions. */
  public static final class Convolution {
    private long[] kernel = {};
    private long @Nullable [] stride;
    private long @Nullable [] pad;
    private long @Nullable [] dilate;
    private int groups = 1;
    private long filters = -1;
    private boolean noBias;

    /** The lengths of the kernel's axes. */
    public Convolution kernel(long... lengths) {
      kernel = lengths;
      return this;
    }

    /** From one window to the next; 1 each by default. */
    public Convolution stride(long... steps) {
      stride = steps;
      return this;
    }

    /** Zeros before and behind each axis; none by default. */
    public Convolution pad(long... lengths) {
      pad = lengths;
      return this;
    }

    /** From one element of the kernel to the next; 1 each by default. */
    public Convolution dilate(long... steps) {
      dilate = steps;
      return this;
    }

    /** Into how many groups the channels are split. */
    public Convolution numGroup(int number) {
      groups = number;
      return this;
    }

    /** How many maps there are; checked against the weights. */
    public Convolution numFilter(long number) {
      filters = number;
      return this;
    }

    /** Whether there is no bias, even if one is given. */
    public Convolution noBias(boolean none) {
      noBias = none;
      return this;
    }

    Shape stride() {
      return filled(stride, kernel.length, 1);
    }

    Shape pad() {
      return filled(pad, kernel.length, 0);
    }

    Shape dilate() {
      return filled(dilate, kernel.length, 1);
    }

    int groups() {
      return groups;
    }

    boolean noBias() {
      return noBias;
    }

    /** Checks what was said of the weights against them. */
    void check(Shape weights) {
      boolean fits = kernel.length == weights.dimension() - 2;
      for (int i = 0; fits && i < kernel.length; i++) {
        fits = kernel[i] == weights.get(i + 2);
      }
      if (!fits || (filters >= 0 && filters != weights.get(0))) {
        throw new IllegalArgumentException(
            "a convolution with the kernel "
                + new Shape(kernel)
                + (filters < 0 ? "" : " and " + filters + " filters")
                + " does not fit weights of shape "
                + Shapes.text(weights));
      }
    }
  }

  /** Of transposed convolutions. */
  public static final class Deconvolution {
    private long[] kernel = {};
    private long @Nullable [] stride;
    private long @Nullable [] pad;
    private long @Nullable [] adj;
    private long @Nullable [] dilate;
    private long @Nullable [] targetShape;
    private int groups = 1;
    private long filters = -1;
    private boolean noBias = true;

    /** The lengths of the kernel's axes. */
    public Deconvolution kernel(long... lengths) {
      kernel = lengths;
      return this;
    }

    /** From what one element gives to what the next gives; 1 each by default. */
    public Deconvolution stride(long... steps) {
      stride = steps;
      return this;
    }

    /** What is cut off before and behind each axis; nothing by default. */
    public Deconvolution pad(long... lengths) {
      pad = lengths;
      return this;
    }

    /** What is added behind each axis; nothing by default. */
    public Deconvolution adj(long... lengths) {
      adj = lengths;
      return this;
    }

    /** From one element of the kernel to the next; 1 each by default. */
    public Deconvolution dilate(long... steps) {
      dilate = steps;
      return this;
    }

    /** The lengths of the result, instead of pad and adj. */
    public Deconvolution targetShape(long... lengths) {
      targetShape = lengths;
      return this;
    }

    /** Into how many groups the channels are split. */
    public Deconvolution numGroup(int number) {
      groups = number;
      return this;
    }

    /** How many maps there are; checked against the weights. */
    public Deconvolution numFilter(long number) {
      filters = number;
      return this;
    }

    /** Whether there is no bias, even if one is given; true by default. */
    public Deconvolution noBias(boolean none) {
      noBias = none;
      return this;
    }

    Shape stride() {
      return filled(stride, kernel.length, 1);
    }

    Shape dilate() {
      return filled(dilate, kernel.length, 1);
    }

    Shape pad(Shape data) {
      return targetShape == null
          ? filled(pad, kernel.length, 0)
          : surplus(data, targetShape, false);
    }

    Shape adj(Shape data) {
      return targetShape == null ? filled(adj, kernel.length, 0) : surplus(data, targetShape, true);
    }

    /** What is too much for the target: half of it is cut off on both sides, the odd one added. */
    private Shape surplus(Shape data, long[] target, boolean odd) {
      long[] result = new long[target.length];
      for (int i = 0; i < result.length; i++) {
        long whole =
            stride().get(i) * (data.get(i + 2) - 1) + dilate().get(i) * (kernel[i] - 1) + 1;
        if (whole < target[i]) {
          throw new IllegalArgumentException(
              "a deconvolution of "
                  + Shapes.text(data)
                  + " gives at most "
                  + whole
                  + " elements along axis "
                  + (i + 2)
                  + ", not "
                  + target[i]);
        }
        result[i] = odd ? (whole - target[i]) % 2 : (whole - target[i] + 1) / 2;
      }
      return new Shape(result);
    }

    int groups() {
      return groups;
    }

    boolean noBias() {
      return noBias;
    }

    /** Checks what was said of the weights against them. */
    void check(Shape data, Shape weights) {
      boolean fits = kernel.length == weights.dimension() - 2 && weights.get(0) == data.get(1);
      for (int i = 0; fits && i < kernel.length; i++) {
        fits = kernel[i] == weights.get(i + 2);
      }
      if (!fits || (filters >= 0 && filters != weights.get(1) * groups)) {
        throw new IllegalArgumentException(
            "a deconvolution of "
                + Shapes.text(data)
                + " with the kernel "
                + new Shape(kernel)
                + (filters < 0 ? "" : " and " + filters + " filters")
                + " does not fit weights of shape "
                + Shapes.text(weights));
      }
    }
  }

  /** Of pooling. */
  public static final class Pooling {
    private long[] kernel = {};
    private long @Nullable [] stride;
    private long @Nullable [] pad;
    private String type = "max";
    private String convention = "valid";
    private boolean global;
    private boolean includePad = true;
    private int power = 2;

    /** The lengths of the window's axes. */
    public Pooling kernel(long... lengths) {
      kernel = lengths;
      return this;
    }

    /** From one window to the next; 1 each by default. */
    public Pooling stride(long... steps) {
      stride = steps;
      return this;
    }

    /** Padding before and behind each axis; none by default. */
    public Pooling pad(long... lengths) {
      pad = lengths;
      return this;
    }

    /** {@code max} (the default), {@code avg}, {@code sum} or {@code lp}. */
    public Pooling poolType(String name) {
      type = name;
      return this;
    }

    /** {@code valid} (the default), or {@code full}: windows that hang over the end count. */
    public Pooling poolingConvention(String name) {
      convention = name;
      return this;
    }

    /** Whether one window covers the whole image. */
    public Pooling globalPool(boolean whole) {
      global = whole;
      return this;
    }

    /** Whether an average counts padding as zeros; true by default. */
    public Pooling countIncludePad(boolean include) {
      includePad = include;
      return this;
    }

    /** The power of {@code lp}; 2 by default. */
    public Pooling pValue(int p) {
      power = p;
      return this;
    }

    Shape kernel() {
      return new Shape(kernel);
    }

    Shape stride() {
      return filled(stride, kernel.length, 1);
    }

    Shape pad() {
      return filled(pad, kernel.length, 0);
    }

    String type() {
      return type;
    }

    boolean full() {
      return convention.equals("full");
    }

    boolean global() {
      return global;
    }

    boolean includePad() {
      return includePad;
    }

    int power() {
      return power;
    }
  }

  /** Of batch normalization. */
  public static final class BatchNorm {
    private double eps = 1e-3;
    private double momentum = 0.9;
    private boolean fixGamma = true;
    private boolean useGlobalStats;
    private int axis = 1;

    /** What is added to the variance; 0.001 by default. */
    public BatchNorm eps(double small) {
      eps = small;
      return this;
    }

    /** The share of the old moving statistics that stays; 0.9 by default. */
    public BatchNorm momentum(double share) {
      momentum = share;
      return this;
    }

    /** Whether gamma counts as 1, and its gradient as 0; true by default. */
    public BatchNorm fixGamma(boolean fixed) {
      fixGamma = fixed;
      return this;
    }

    /** Whether the moving statistics are used in training, too. */
    public BatchNorm useGlobalStats(boolean use) {
      useGlobalStats = use;
      return this;
    }

    /** The axis of the channels; 1 by default. */
    public BatchNorm axis(int channels) {
      axis = channels;
      return this;
    }

    double eps() {
      return eps;
    }

    double momentum() {
      return momentum;
    }

    boolean fixGamma() {
      return fixGamma;
    }

    boolean useGlobalStats() {
      return useGlobalStats;
    }

    int axis() {
      return axis;
    }
  }

  /** Of recurrent layers. */
  public static final class Recurrent {
    private String mode = "lstm";
    private int stateSize = 1;
    private int numLayers = 1;
    private boolean bidirectional;

    /** {@code rnn_relu}, {@code rnn_tanh}, {@code lstm} (the default) or {@code gru}. */
    public Recurrent mode(String name) {
      mode = name;
      return this;
    }

    /** The length of a state. */
    public Recurrent stateSize(int size) {
      stateSize = size;
      return this;
    }

    /** How many layers there are; 1 by default. */
    public Recurrent numLayers(int number) {
      numLayers = number;
      return this;
    }

    /** Whether each layer also runs backwards. */
    public Recurrent bidirectional(boolean both) {
      bidirectional = both;
      return this;
    }

    String mode() {
      return mode;
    }

    int stateSize() {
      return stateSize;
    }

    int numLayers() {
      return numLayers;
    }

    boolean bidirectional() {
      return bidirectional;
    }
  }

  /** The values, or {@code standard} for each axis if there are none. */
  static Shape filled(long @Nullable [] values, int axes, long standard) {
    if (values != null && values.length > 0) {
      return new Shape(values);
    }
    long[] all = new long[axes];
    java.util.Arrays.fill(all, standard);
    return new Shape(all);
  }
}
