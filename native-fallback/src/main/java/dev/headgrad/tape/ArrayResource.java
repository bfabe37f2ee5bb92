package dev.headgrad.tape;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Leaf;
import dev.headgrad.tape.core.Tape;
import dev.headgrad.tape.op.Casting;
import dev.headgrad.tape.op.Shapes;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What an array is and whose: its manager, name, dtype, gradient, and its bytes in and out. */
abstract class ArrayResource implements NDArray {

  private TapeNDManager manager;
  private @Nullable DenseArray array;
  private @Nullable String uid;
  private @Nullable String name;
  private @Nullable Shape shape;
  private @Nullable SparseFormat format;

  /** What the manager's registry knows this array by; null if none does. */
  Registry.@Nullable Entry registration;

  @SuppressWarnings("this-escape")
  ArrayResource(TapeNDManager manager, DenseArray array) {
    this.manager = manager;
    this.array = array;
  }

  /**
   * The array behind.
   *
   * @throws IllegalStateException if this NDArray was closed
   */
  final DenseArray array() {
    DenseArray a = array;
    if (a == null) {
      throw new IllegalStateException(
          "NDArray "
              + (name == null ? getUid() : name)
              + " has been closed already"
              + (manager.isOpen() ? "" : ", with its manager " + manager.getName()));
    }
    return a;
  }

  /** A new NDArray of the same manager. */
  final TapeNDArray wrap(DenseArray result) {
    TapeNDArray wrapped = manager.wrap(result);
    DenseArray own = array;
    if (own != null && result.dims() == own.dims()) {
      ((ArrayResource) wrapped).shape = shape; // making one takes longer than a small operation
    }
    return wrapped;
  }

  /** The array behind any NDArray; one of another engine is copied. */
  final DenseArray arrayOf(NDArray other) {
    return manager.from(other).array();
  }

  final TapeNDArray self() {
    return (TapeNDArray) this;
  }

  /**
   * Writes a computed array into this one's memory. While recording, this array then stands on the
   * tape where the computed one stood.
   *
   * @throws IllegalStateException if the write would be recorded, and this is a variable, or a view
   *     of a variable or of a constant
   */
  final TapeNDArray assign(DenseArray value) {
    DenseArray target = array();
    if (value == target) {
      return self(); // computed in place
    }
    Elements.requireDistinct(target);
    DenseArray fitted = Casting.cast(Shapes.broadcast(value, target.dims()), target.type());
    if (Tape.isRecording() && (target.needsGradient() || fitted.needsGradient())) {
      if (target.vertex() instanceof Leaf) {
        throw new IllegalStateException(
            "an array with a gradient attached cannot be written to in place while recording: write"
                + " outside of the recording, or compute a new array");
      }
      if (target.misleads()) {
        throw new IllegalStateException(
            "a view of a variable or of a constant cannot be written to in place while recording:"
                + " compute a new array");
      }
      Elements.write(fitted, target);
      target.rewritten(fitted);
    } else {
      Elements.write(fitted, target);
    }
    target.written();
    return self();
  }

  @Override
  public final TapeNDManager getManager() {
    return manager;
  }

  @Override
  public final @Nullable String getName() {
    return name;
  }

  @Override
  public final void setName(@Nullable String name) {
    this.name = name;
  }

  @Override
  public final String getUid() {
    String id = uid;
    if (id == null) {
      id = NDManager.nextUid();
      uid = id;
    }
    return id;
  }

  @Override
  public final DataType getDataType() {
    return array().type();
  }

  @Override
  public final Device getDevice() {
    return manager.getDevice();
  }

  @Override
  public final Shape getShape() {
    Shape s = shape;
    if (s == null) {
      s = Dims.shape(array().dims());
      shape = s;
    }
    return s;
  }

  /** The format that was asked for; JavaTape keeps the elements densely all the same. */
  @Override
  public final SparseFormat getSparseFormat() {
    return format == null ? SparseFormat.DENSE : format;
  }

  @Override
  public final NDArray toDevice(Device device, boolean copy) {
    if (device.isGpu()) {
      throw new IllegalArgumentException("JavaTape runs on the CPU; there is no device " + device);
    }
    return copy ? duplicate() : this;
  }

  @Override
  public final NDArray toType(DataType dataType, boolean copy) {
    if (dataType == array().type()) {
      return copy ? duplicate() : this;
    }
    return wrap(Casting.cast(array(), dataType));
  }

  @Override
  public final NDArray duplicate() {
    TapeNDArray copy = wrap(Casting.copy(array()));
    copy.setName(name);
    return copy;
  }

  @Override
  public final void copyTo(NDArray target) {
    DenseArray to = ((ArrayResource) target).array();
    if (!Arrays.equals(to.dims(), array().dims())) {
      throw new IllegalArgumentException(
          "an array of shape " + getShape() + " cannot be copied into one of " + target.getShape());
    }
    ((ArrayResource) target).assign(array());
  }

  @Override
  public final void setRequiresGradient(boolean requiresGrad) {
    DenseArray a = array();
    if (requiresGrad) {
      if (!(a.vertex() instanceof Leaf)) {
        a.setVertex(new Leaf(a.type(), a.dims(), Leaf.Update.WRITE), 0);
      }
    } else {
      a.setVertex(null, 0);
    }
  }

  @Override
  public final NDArray getGradient() {
    if (array().vertex() instanceof Leaf leaf) {
      return wrap(leaf.gradient().detached());
    }
    throw new IllegalStateException(
        "No gradient attached to this NDArray, please call array.setRequiresGradient(true)"
            + " on your NDArray or block.setInitializer() on your Block");
  }

  @Override
  public final boolean hasGradient() {
    return array().vertex() instanceof Leaf;
  }

  @Override
  public final NDArray stopGradient() {
    return wrap(Casting.stopGradient(array()));
  }

  @Override
  public final ByteBuffer toByteBuffer(boolean tryDirect) {
    return Bytes.of(array(), tryDirect);
  }

  @Override
  public final String[] toStringArray(Charset charset) {
    if (array().type() != DataType.STRING) {
      throw new IllegalStateException(
          "the array has the data type " + getDataType() + ", not STRING");
    }
    DenseArray words = Elements.contiguous(array());
    int from = words.offset();
    return Arrays.copyOfRange((String[]) words.data(), from, from + words.size());
  }

  @Override
  public final void set(Buffer buffer) {
    DenseArray a = array();
    BaseNDManager.validateBuffer(buffer, a.type(), Bytes.numbers(a.type(), a.size()));
    assign(Bytes.read(buffer, a.type(), a.dims()));
  }

  @Override
  public final void intern(NDArray replaced) {
    TapeNDArray other = (TapeNDArray) replaced;
    DenseArray old = array();
    array = other.array();
    shape = null;
    old.release();
    ((ArrayResource) other).array = null;
    other.close();
  }

  @Override
  public final NDArray toDense() {
    return duplicate();
  }

  @Override
  public final NDArray toSparse(SparseFormat fmt) {
    TapeNDArray sparse = wrap(Casting.copy(array()));
    sparse.setSparseFormat(fmt);
    return sparse;
  }

  final void setSparseFormat(SparseFormat fmt) {
    format = fmt;
  }

  @Override
  public final void attach(NDManager newManager) {
    manager.remove(this);
    manager = (TapeNDManager) newManager;
    manager.attach(this, false);
  }

  @Override
  public final void returnResource(NDManager newManager) {
    manager.remove(this);
    manager = (TapeNDManager) newManager;
    manager.attach(this, true);
  }

  @Override
  public final void tempAttach(NDManager newManager) {
    TapeNDManager original = manager;
    manager.remove(this);
    manager = (TapeNDManager) newManager;
    manager.tempAttachInternal(original, getUid(), this);
  }

  @Override
  public final void detach() {
    manager.remove(this);
    manager = TapeNDManager.system();
  }

  @Override
  public final boolean isReleased() {
    return array == null;
  }

  @Override
  public final void close() {
    DenseArray a = array;
    if (a != null) {
      array = null;
      manager.remove(this);
      a.release();
    }
  }

  @Override
  public final String toString() {
    return isReleased() ? "This array is already closed" : toDebugString();
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof NDArray && !isReleased() && contentEquals((NDArray) other);
  }

  @Override
  public final int hashCode() {
    return 0; // equality is of the elements, which change
  }
}
