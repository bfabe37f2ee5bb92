package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.headgrad.djl.GradRequest;
import dev.headgrad.djl.NativeMemory;
import dev.headgrad.djl.Operations;
import dev.headgrad.djl.RecordScope;
import dev.headgrad.print.NumpyFormat;
import java.lang.ref.Cleaner.Cleanable;
import java.lang.ref.Reference;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An n-dimensional array that remembers how it was computed, if that was while recording: MXNet's
 * {@code NDArray}.
 *
 * <p>Methods named {@code plus}, {@code times}, {@code get} and so on are the operators of Kotlin:
 * {@code x * 2 + y}, {@code x[1, 2]}. A result is a new array that shares no memory with what it
 * was computed from (except that of {@link #detach}). The methods that change an array in place are
 * {@link #set}, {@link #assign}, {@link #copyTo}, and those that end in {@code i}: {@link #addi}.
 *
 * <p>Memory is given back when a Tensor can no longer be reached; {@link #close} and {@link
 * MX#scope()} give it back at once.
 */
public final class Tensor
    implements TensorArithmetic, TensorMethods, ReductionMethods, SelectionMethods, AutoCloseable {
  private final MX mx;
  private final NDArray array;
  private final @Nullable Cleanable claim;
  private @Nullable Tensor grad;

  Tensor(MX mx, NDArray array) {
    this.mx = mx;
    this.array = array;
    this.claim = mx.hasNativeMemory() ? NativeMemory.closeWithOwner(this, array) : null;
    mx.registerInScope(this);
  }

  /** The session this array belongs to. */
  public MX mx() {
    return mx;
  }

  @Override
  public Tensor self() {
    return this;
  }

  /**
   * The DJL array behind this one, for DJL's own classes. It remains this Tensor's: it is freed
   * with the Tensor, so keep that reachable while the array is in use, and do not close it.
   */
  public NDArray ndarray() {
    return array;
  }

  /** The shape. */
  public Shape shape() {
    return array.getShape();
  }

  /** The size of one axis, counted from the end if negative. */
  public long shape(int axis) {
    return shape().get(Shapes.axis(axis, ndim()));
  }

  /** The number of elements. */
  public long size() {
    return array.size();
  }

  /** The number of dimensions. */
  public int ndim() {
    return Operations.of(array).rank(array);
  }

  /** The type of the elements. */
  public DataType dtype() {
    return Operations.of(array).dtype(array);
  }

  // Gradients

  /** Attaches a gradient that each backward overwrites, and returns this array. */
  public Tensor attachGrad() {
    return attachGrad(GradRequest.WRITE);
  }

  /**
   * Makes this array one to differentiate with respect to, with a gradient of zeros, and returns
   * it. A computed array is cut off from what it was computed from. Attaching again gives a fresh
   * gradient.
   *
   * @param request whether a backward overwrites the gradient, adds to it, or leaves it zero
   */
  public Tensor attachGrad(GradRequest request) {
    dev.headgrad.djl.Autograd.attachGrad(array, request);
    grad = null;
    getGrad(); // so that the buffer has an owner
    return this;
  }

  /**
   * The gradient: the same memory after every backward, so a reference taken early sees later
   * results, and what is written into it counts.
   *
   * @return the gradient, or null if none is attached
   */
  public @Nullable Tensor getGrad() {
    NDArray gradient = dev.headgrad.djl.Autograd.getGrad(array);
    if (gradient == null) {
      return null;
    }
    Tensor known = grad;
    if (known == null || known.array != gradient) {
      known = new Tensor(mx, gradient);
      grad = known;
    }
    return known;
  }

  /** Remembers the caller's own buffer as the gradient. */
  void keepGrad(Tensor buffer) {
    grad = buffer;
  }

  /** Differentiates the sum of this array. The graph is freed. */
  public void backward() {
    backward(null, false, true);
  }

  /**
   * Differentiates the sum of {@code this * head}: the head gradient is dz/dy of a z that is
   * computed from this y elsewhere. The graph is freed.
   *
   * @param head of this array's dtype and number of elements; null for ones
   */
  public void backward(@Nullable Tensor head) {
    backward(head, false, true);
  }

  /** {@link #backward(Tensor, boolean, boolean)} in training mode. */
  public void backward(@Nullable Tensor head, boolean retainGraph) {
    backward(head, retainGraph, true);
  }

  /**
   * Differentiates the sum of {@code this * head} and brings the result to the gradients of the
   * attached arrays it depends on.
   *
   * @param head of this array's dtype and number of elements; null for ones
   * @param retainGraph whether the graph can be differentiated again
   * @param trainMode whether operations that depend on the mode, such as dropout, differentiate in
   *     training mode
   * @throws IllegalArgumentException if the head has another number of elements or another dtype
   * @throws dev.headgrad.djl.AutogradException if this array was not recorded, or its graph has
   *     been freed
   */
  public void backward(@Nullable Tensor head, boolean retainGraph, boolean trainMode) {
    mx.autograd()
        .backward(List.of(this), head == null ? null : List.of(head), retainGraph, trainMode);
  }

  /** A constant that shares this array's memory: nothing flows back through it. */
  public Tensor detach() {
    return new Tensor(mx, dev.headgrad.djl.Autograd.detach(array));
  }

  // Indexing

  /**
   * The elements at an index: Python's {@code x[...]}.
   *
   * <p>An index has one part for each axis; axes at the end may be left out. A part is an integer,
   * negative from the end; a {@link Slice}, or a slice as text: {@code "1:3"}, {@code "::-1"};
   * {@link MX#ELLIPSIS} or {@code "..."}; {@link MX#NEW_AXIS}; or an array of positions: {@code
   * int[]}, {@code long[]}, a list, a Tensor, each also nested; or {@code boolean[]} or a Tensor of
   * booleans as a mask. A text may have several parts: {@code x.get(":, 1:3")}. Arrays of positions
   * combine as in NumPy.
   *
   * <p>The result is a copy, of shape (1) if every axis has an integer; {@code x.get(":")} is x
   * itself.
   *
   * @throws IndexOutOfBoundsException if a position is outside its axis
   */
  public Tensor get(Object... index) {
    Index resolved = Index.resolve(index, shape());
    if (resolved.isIdentity(shape())) {
      return this;
    }
    return mx.computeView(
        () -> {
          NDArray taken = Indexing.get(array, resolved);
          return Indexing.reshape(taken, Shapes.atLeast1d(taken.getShape()));
        });
  }

  /**
   * Writes at an index of one part, or one text: Python's {@code x[index] = value}.
   *
   * @param index as in {@link #get}
   * @param value a number, Tensor, Java array or list; it is cast to this dtype and broadcast to
   *     the shape of the index
   * @throws dev.headgrad.djl.AutogradException while recording, if this array takes part in a graph
   */
  public void set(Object index, Object value) {
    write(new Object[] {index}, value);
  }

  /** Writes at an index of two parts. */
  public void set(Object index0, Object index1, Object value) {
    write(new Object[] {index0, index1}, value);
  }

  /** Writes at an index of three parts. */
  public void set(Object index0, Object index1, Object index2, Object value) {
    write(new Object[] {index0, index1, index2}, value);
  }

  /** Writes at an index of four parts. */
  public void set(Object index0, Object index1, Object index2, Object index3, Object value) {
    write(new Object[] {index0, index1, index2, index3}, value);
  }

  /** Overwrites all elements: Python's {@code x[:] = value}. Returns this array. */
  public Tensor assign(Object value) {
    write(new Object[] {Axis.ELLIPSIS}, value);
    return this;
  }

  /** Whether an element equals the value. */
  public boolean contains(Number value) {
    double sought = value.doubleValue();
    for (double element : toDoubleArray()) {
      if (element == sought) {
        return true;
      }
    }
    return false;
  }

  // In place

  /** {@code this += other}. Returns this array. */
  public Tensor addi(Object other) {
    return update(other, NDArray::addi);
  }

  /** {@code this -= other}. Returns this array. */
  public Tensor subi(Object other) {
    return update(other, NDArray::subi);
  }

  /** {@code this *= other}. Returns this array. */
  public Tensor muli(Object other) {
    return update(other, NDArray::muli);
  }

  /** {@code this /= other}. Returns this array. */
  public Tensor divi(Object other) {
    return update(other, (a, b) -> overwrite(a, Elementary.div(a, b)));
  }

  /** {@code this %= other}. Returns this array. */
  public Tensor modi(Object other) {
    return update(other, (a, b) -> overwrite(a, Powers.mod(a, b)));
  }

  /** Writes this array's elements into another one of the same shape, and returns that. */
  public Tensor copyTo(Tensor target) {
    Shapes.sameShape(array, target.in(mx));
    return target.assign(this);
  }

  // Elements

  /**
   * The only element.
   *
   * @throws IllegalStateException if there is not exactly one
   */
  public double asScalar() {
    checkScalar();
    return read(Host::doubles)[0];
  }

  /** The only element, boxed in the type of the dtype: prints as Python prints it. */
  public Number item() {
    checkScalar();
    return read(elements -> Host.boxed(elements, 0));
  }

  /** The elements of a float32 or float16 array, row-major. */
  public float[] toFloatArray() {
    return read(NDArray::toFloatArray);
  }

  /** The elements as doubles, row-major, whatever the dtype. */
  public double[] toDoubleArray() {
    return read(Host::doubles);
  }

  /** The elements as longs, row-major, whatever the dtype; fractions are cut off. */
  public long[] toLongArray() {
    return read(Host::longs);
  }

  /** The elements as ints, row-major, whatever the dtype; fractions are cut off. */
  public int[] toIntArray() {
    long[] values = toLongArray();
    int[] ints = new int[values.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) values[i];
    }
    return ints;
  }

  /** Frees the memory now. The array cannot be used any more. */
  @Override
  public void close() {
    array.close();
    if (claim != null) {
      claim.clean();
    }
  }

  /** The array as MXNet's {@code print} shows it: a line feed, NumPy's text, shape and device. */
  @Override
  public String toString() {
    return read(NumpyFormat::printed);
  }

  /** Reads from the array, which is not freed meanwhile though this may be the last use of it. */
  private <T> T read(Function<NDArray, T> reader) {
    try {
      return reader.apply(array);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Runs an operation on this array. */
  Tensor map(UnaryOperator<NDArray> operation) {
    return mx.compute(() -> operation.apply(array));
  }

  /**
   * {@link #map} for an operation that makes no other array than its result: there is nothing to
   * free. Such operations are small, and their calls few enough to be inlined into one another.
   */
  Tensor call(UnaryOperator<NDArray> operation) {
    try {
      return result(operation.apply(array));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Runs an operation on this array and another one of the same session. */
  Tensor with(Tensor other, BinaryOperator<NDArray> operation) {
    return noted(mx.compute(() -> operation.apply(array, other.in(mx))), other);
  }

  /** {@link #with} for an operation that makes no other array than its result. */
  Tensor callWith(Tensor other, BinaryOperator<NDArray> operation) {
    return noted(result(operation.apply(array, other.in(mx))), other);
  }

  private Tensor result(NDArray result) {
    NDScope.unregister(result); // a scope of the caller's own
    return new Tensor(mx, result);
  }

  /** Notes that a result was computed from this array and another one, which stay until then. */
  private Tensor noted(Tensor result, Tensor other) {
    dev.headgrad.djl.Autograd.noteUse(result.array, array, other.array);
    Reference.reachabilityFence(this);
    Reference.reachabilityFence(other);
    return result;
  }

  /** Runs an operation whose result may share this array's memory. */
  Tensor view(UnaryOperator<NDArray> operation) {
    return mx.computeView(() -> operation.apply(array));
  }

  /** The DJL array, checked to belong to a session. */
  NDArray in(MX session) {
    if (mx != session) {
      throw new IllegalArgumentException(
          "arrays of two sessions cannot be combined: one of " + session + ", one of " + mx);
    }
    return array;
  }

  private void write(Object[] index, Object value) {
    Index resolved = Index.resolve(index, shape());
    dev.headgrad.djl.Autograd.checkInPlace(array);
    try (RecordScope unrecorded = mx.autograd().pause(mx.autograd().isTraining());
        NDScope temporaries = new NDScope()) {
      temporaries.suppressNotUsedWarning();
      Indexing.set(array, resolved, operand(value));
    } finally {
      Reference.reachabilityFence(this);
      Reference.reachabilityFence(value);
    }
  }

  private Tensor update(Object other, BinaryOperator<NDArray> inPlace) {
    dev.headgrad.djl.Autograd.checkInPlace(array);
    try (RecordScope unrecorded = mx.autograd().pause(mx.autograd().isTraining());
        NDScope temporaries = new NDScope()) {
      temporaries.suppressNotUsedWarning();
      NDArray operand = other instanceof Tensor tensor ? tensor.in(mx) : operand(other);
      Shapes.sameDtype(array, operand);
      if (!Shapes.broadcast(shape(), operand.getShape()).equals(shape())) {
        throw new IllegalArgumentException(
            "cannot change an array of shape "
                + Shapes.text(shape())
                + " in place with one of shape "
                + Shapes.text(operand.getShape()));
      }
      NDScope.unregister(inPlace.apply(array, operand));
    } finally {
      Reference.reachabilityFence(this);
      Reference.reachabilityFence(other);
    }
    return this;
  }

  private static NDArray overwrite(NDArray target, NDArray value) {
    Indexing.setWhole(target, value);
    return target;
  }

  /** A value to write or combine with: of this dtype, and of a shape that can be broadcast. */
  private NDArray operand(Object value) {
    if (value instanceof Tensor tensor) {
      return Elementary.cast(tensor.in(mx), dtype());
    }
    if (value instanceof Number number) {
      Number scalar = Elementary.scalar(array, number);
      return array.getManager().full(new Shape(), scalar.floatValue(), dtype());
    }
    NestedValues nested = NestedValues.of(value);
    return nested.create(mx.manager(), nested.shape(), dtype());
  }

  private void checkScalar() {
    if (array.size() != 1) {
      throw new IllegalStateException(
          "an array of shape "
              + Shapes.text(shape())
              + " has no single element; it is not a scalar");
    }
  }
}
