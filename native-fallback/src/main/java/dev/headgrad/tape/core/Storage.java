package dev.headgrad.tape.core;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.kernel.Buffers;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The memory behind one or several arrays: a primitive Java array, and how often it was written to.
 *
 * <p>Elements are kept as
 *
 * <ul>
 *   <li>{@code float[]}: FLOAT32, and COMPLEX64 with real and imaginary parts in turn
 *   <li>{@code double[]}: FLOAT64
 *   <li>{@code long[]}: INT64, UINT64
 *   <li>{@code int[]}: INT32, UINT32
 *   <li>{@code short[]}: FLOAT16, BFLOAT16, INT16, UINT16 (their bits)
 *   <li>{@code byte[]}: INT8, UINT8, BOOLEAN (0 or 1)
 *   <li>{@code String[]}: STRING
 * </ul>
 *
 * <p>A storage of a length that the pool keeps counts its holders: every {@link DenseArray} on it,
 * and every tape node that keeps it for its rule. When the last one lets go, the memory goes back
 * to the pool at once. Holders that are simply forgotten never let go, and then the garbage
 * collector takes the memory, as it does that of small arrays in any case.
 */
public final class Storage {

  private static final VarHandle HOLDERS = field(MethodHandles.lookup(), "holders", int.class);
  private static final VarHandle VERSION = field(MethodHandles.lookup(), "version", int.class);
  private static final VarHandle RECORDED = field(MethodHandles.lookup(), "recorded", int.class);

  private @Nullable Object data;
  private volatile int version;

  /**
   * Twice the number of recorded writes, and 1 more if a variable lies here: a field of its own for
   * the one bit would make every storage 8 bytes larger.
   */
  private volatile int recorded;

  /** 0 where nobody counts: the memory is not for the pool, or was given back. */
  private int holders;

  private volatile @Nullable Uses uses;

  private Storage(Object data, boolean pooled) {
    this.data = data;
    this.holders = pooled ? 1 : 0;
  }

  /** A field of the calling class that threads race for. */
  static VarHandle field(MethodHandles.Lookup caller, String name, Class<?> type) {
    try {
      return caller.findVarHandle(caller.lookupClass(), name, type);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** A storage over memory that the caller hands over and does not use any more. */
  public static Storage of(Object data) {
    return new Storage(data, false);
  }

  /** A storage of numbers that nobody will write to. */
  static Storage constant(Object data) {
    Storage storage = new Storage(data, false);
    storage.uses = Uses.NOT_COUNTED;
    return storage;
  }

  /** Memory that is all zero. */
  public static Storage zeros(DataType type, int size) {
    return new Storage(Memory.zeros(type, size), size >= Buffers.MIN_LENGTH);
  }

  /** Memory with whatever was in it: for a kernel that writes every element. */
  public static Storage dirty(DataType type, int size) {
    return new Storage(Memory.dirty(type, size), size >= Buffers.MIN_LENGTH);
  }

  /**
   * The primitive array.
   *
   * @throws IllegalStateException if the last holder has let go
   */
  public Object data() {
    Object d = data;
    if (d == null) {
      throw new IllegalStateException("the memory of this array has been given back");
    }
    return d;
  }

  /** Whether the memory goes back to the pool when the last holder lets go. */
  boolean isPooled() {
    return holders != 0;
  }

  /** How often the memory was written to after it was made. */
  public int version() {
    return version;
  }

  /** Notes a write, so that a rule which saved the old values can tell. */
  public void written() {
    VERSION.getAndAdd(this, 1);
  }

  /** How many of the writes were recorded. */
  int recordedWrites() {
    return recorded >>> 1;
  }

  /** Notes a write that was recorded, so that views from before it can tell. */
  void recordedWrite() {
    RECORDED.getAndAdd(this, 2);
  }

  /** Whether this is, or was, the memory of a variable. */
  boolean isVariable() {
    return (recorded & 1) != 0;
  }

  /** Notes that a variable lies here. */
  void setVariable() {
    RECORDED.getAndBitwiseOr(this, 1);
  }

  /** How many recorded operations read this memory as a constant. */
  Uses uses() {
    Uses u = uses;
    return u == null ? firstUses() : u;
  }

  private synchronized Uses firstUses() {
    Uses u = uses;
    if (u == null) {
      u = new Uses();
      uses = u;
    }
    return u;
  }

  /** Whether a recorded operation whose graph still stands has read this memory as a constant. */
  boolean isUsed() {
    Uses u = uses;
    return u != null && u.any();
  }

  /**
   * Exchanges the memory with that of another storage, if nobody but the caller holds the other.
   */
  boolean swap(Storage other) {
    if (holders == 0 || other.holders != 1) {
      return false;
    }
    Object mine = data;
    data = other.data;
    other.data = mine;
    return true;
  }

  /** One more holder. */
  void retain() {
    if (holders != 0) {
      HOLDERS.getAndAdd(this, 1);
    }
  }

  /** One holder less; the last one gives the memory back. */
  void release() {
    int count = holders;
    if (count == 1) { // nobody else can come to hold what its only holder gives up
      holders = 0;
    } else if (count == 0 || (int) HOLDERS.getAndAdd(this, -1) != 1) {
      return;
    }
    Object d = data;
    data = null;
    if (d != null) {
      Memory.recycle(d);
    }
  }
}
