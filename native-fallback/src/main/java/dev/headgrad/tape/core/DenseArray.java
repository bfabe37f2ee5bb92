package dev.headgrad.tape.core;

import ai.djl.ndarray.types.DataType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An n-dimensional array: a storage and a layout, and the place on the tape that it came from.
 *
 * <p>Several arrays may share one storage (views). The layout never changes; the elements may, and
 * whoever writes them says so with {@link #written()}.
 */
public final class DenseArray {

  private static final VarHandle RELEASED =
      Storage.field(MethodHandles.lookup(), "released", int.class);

  private final Storage storage;
  private final DataType type;
  private final int[] dims;
  private final int[] strides;
  private final int offset;
  private final int size;
  private final boolean contiguous;
  private final boolean view;

  private @Nullable Vertex vertex;
  private int slot;
  private int recordedWrites;
  private volatile int released;
  private boolean claimed;

  private DenseArray(
      Storage storage,
      DataType type,
      int[] dims,
      int[] strides,
      int offset,
      int size,
      boolean contiguous,
      boolean view) {
    this.storage = storage;
    this.type = type;
    this.dims = dims;
    this.strides = strides;
    this.offset = offset;
    this.size = size;
    this.contiguous = contiguous;
    this.view = view;
  }

  private static DenseArray rowMajor(Storage storage, DataType type, int size, int[] dims) {
    return Workspace.made(
        new DenseArray(storage, type, dims, Dims.strides(dims), 0, size, true, false));
  }

  /** A new array of zeros. */
  public static DenseArray zeros(DataType type, int... dims) {
    int size = Dims.size(dims);
    return rowMajor(Storage.zeros(type, size), type, size, dims);
  }

  /** A new array with whatever was in its memory: for a kernel that writes every element. */
  public static DenseArray dirty(DataType type, int... dims) {
    int size = Dims.size(dims);
    return rowMajor(Storage.dirty(type, size), type, size, dims);
  }

  /** A new array of the dimensions of another, with whatever was in its memory. */
  public static DenseArray dirtyLike(DenseArray x, DataType type) {
    int[] strides = x.view ? Dims.strides(x.dims) : x.strides;
    Storage storage = Storage.dirty(type, x.size);
    return Workspace.made(new DenseArray(storage, type, x.dims, strides, 0, x.size, true, false));
  }

  /**
   * A row-major array over memory that the caller hands over.
   *
   * @param data the primitive array that {@link Storage} names for the type
   */
  public static DenseArray of(Object data, DataType type, int... dims) {
    return rowMajor(Storage.of(data), type, Dims.size(dims), dims);
  }

  /**
   * A 0-d array that nobody will write to.
   *
   * @param data the primitive array of one element that {@link Storage} names for the type
   */
  public static DenseArray constant(Object data, DataType type) {
    return new DenseArray(
        Storage.constant(data), type, Dims.SCALAR, Dims.SCALAR, 0, 1, true, false);
  }

  /** Another layout of the same memory. The caller sees to it that it stays inside. */
  public DenseArray view(int[] newDims, int[] newStrides, int newOffset) {
    storage.retain();
    int newSize = Dims.size(newDims);
    boolean straight = Dims.contiguous(newDims, newStrides);
    int from = newSize == 0 ? 0 : newOffset; // where nothing begins may lie outside of the memory
    return Workspace.made(
        new DenseArray(storage, type, newDims, newStrides, from, newSize, straight, true));
  }

  /** The same memory and layout, cut off the tape. */
  public DenseArray detached() {
    storage.retain();
    return Workspace.made(
        new DenseArray(storage, type, dims, strides, offset, size, contiguous, true));
  }

  /** The dtype. */
  public DataType type() {
    return type;
  }

  /** The dimensions; not to be written to. */
  public int[] dims() {
    return dims;
  }

  /** The length of one axis. */
  public int dim(int axis) {
    return dims[axis];
  }

  /** The number of axes. */
  public int rank() {
    return dims.length;
  }

  /** The number of elements. */
  public int size() {
    return size;
  }

  /** Elements from one index to the next along each axis; not to be written to. */
  public int[] strides() {
    return strides;
  }

  /** Where in the storage the first element is. */
  public int offset() {
    return offset;
  }

  /** Whether the elements lie row-major and without gaps, from {@link #offset()} on. */
  public boolean isContiguous() {
    return contiguous;
  }

  /** Whether the memory is the pool's, and goes back to it when the last holder lets go. */
  public boolean isPooled() {
    return storage.isPooled();
  }

  /** Whether two arrays lie on the same memory. */
  public boolean sharesMemory(DenseArray other) {
    return storage == other.storage;
  }

  /** The primitive array behind, as {@link Storage} says for the dtype. */
  public Object data() {
    return storage.data();
  }

  /** The memory of a FLOAT32 or COMPLEX64 array. */
  public float[] floats() {
    return (float[]) storage.data();
  }

  /** The memory of a FLOAT64 array. */
  public double[] doubles() {
    return (double[]) storage.data();
  }

  /** The memory of an INT64 array. */
  public long[] longs() {
    return (long[]) storage.data();
  }

  /** How often the memory was written to. */
  public int version() {
    return storage.version();
  }

  /** To be called after the elements were written to. */
  public void written() {
    storage.written();
  }

  /**
   * Where on the tape this array comes from; null for a constant.
   *
   * @throws IllegalStateException if a recorded write to the same memory, by way of another array,
   *     came after it: what is in this array is not what its vertex computed
   */
  public @Nullable Vertex vertex() {
    Vertex v = vertex;
    if (v instanceof Node node) {
      if (node.isReleased()) {
        // what an earlier backward freed is a constant from then on
        vertex = null;
        return null;
      }
      if (recordedWrites != storage.recordedWrites()) {
        throw new IllegalStateException(
            "an array of shape "
                + Dims.text(dims)
                + " shares memory with a recorded array that was written to in place afterwards: its"
                + " gradient would be wrong. Take the view again, after the write");
      }
    }
    return v;
  }

  /** Which of its vertex's outputs this array is. */
  public int slot() {
    return slot;
  }

  /** Whether a gradient can flow from this array to somewhere. */
  public boolean needsGradient() {
    return vertex() != null;
  }

  /** Puts this array onto the tape, or takes it off with null. */
  public void setVertex(@Nullable Vertex newVertex, int newSlot) {
    vertex = newVertex;
    slot = newSlot;
    recordedWrites = storage.recordedWrites();
    if (newVertex instanceof Leaf) {
      storage.setVariable();
    }
  }

  /**
   * Whether a recorded write to this view would leave its memory's other arrays wrong: these can
   * tell that it came after them only if they were recorded as well, and are no variables.
   */
  public boolean misleads() {
    return view && (vertex() == null || storage.isVariable());
  }

  /** Notes that the elements were overwritten with what another array has, on the tape as well. */
  public void rewritten(DenseArray source) {
    storage.recordedWrite();
    setVertex(source.vertex(), source.slot());
  }

  /**
   * Whether the tape has a stake in this array: it is a variable, it was recorded, or a recorded
   * operation whose graph still stands has read it.
   */
  public boolean isOnTape() {
    return vertex() != null || storage.isUsed();
  }

  /** The count of recorded operations that read this array as a constant. */
  Uses uses() {
    return storage.uses();
  }

  /**
   * Makes the caller the one owner of this array, who will release it.
   *
   * @return whether it had none before
   */
  public boolean claim() {
    boolean first = !claimed;
    claimed = true;
    return first;
  }

  /** Whether this array has an owner. */
  boolean isClaimed() {
    return claimed;
  }

  /** Keeps the memory while a tape node needs it. */
  void retain() {
    storage.retain();
  }

  /** What a tape node's {@link #retain()} took. */
  void releaseRetained() {
    storage.release();
  }

  /**
   * Exchanges the elements of two arrays of the same dtype and dimensions, for all who look at
   * them, without copying.
   *
   * @return whether that could be done: both have all of a memory of the pool, row-major, and
   *     nobody else holds that of the other one
   */
  public boolean swapMemory(DenseArray other) {
    return isWhole()
        && other.isWhole()
        && type == other.type
        && Arrays.equals(dims, other.dims)
        && storage.swap(other.storage);
  }

  private boolean isWhole() {
    return storage.isPooled() && !view && released == 0;
  }

  /** Lets go of the memory; this array is not to be read any more. A second call does nothing. */
  public void release() {
    if (storage.isPooled() && RELEASED.compareAndSet(this, 0, 1)) {
      storage.release();
    }
  }

  @Override
  public String toString() {
    return type + Dims.text(dims);
  }
}
