package dev.headgrad.tape.kernel;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A pool of large primitive arrays, so that results need neither fresh memory nor zeroing.
 *
 * <p>Arrays are kept by exact length. Arrays of fewer than {@value #MIN_LENGTH} elements are not
 * kept: the JVM allocates them faster than a pool could hand them out. The bytes held are bounded
 * by the system property {@code headgrad.pool.bytes} (default: an eighth of the largest heap; 0
 * turns the pool off). When an array that is given back does not fit any more, the lengths that
 * were asked for longest ago make room.
 *
 * <p>An array must be given back once at most, and not be used afterwards. All methods may be
 * called by any thread.
 */
public final class Buffers {

  /** The least number of elements of a pooled array. */
  public static final int MIN_LENGTH = 1024;

  private static final Pool POOL = new Pool(limitFromProperty());

  private Buffers() {}

  private static long limitFromProperty() {
    String text = System.getProperty("headgrad.pool.bytes");
    if (text == null) {
      return Runtime.getRuntime().maxMemory() / 8;
    }
    try {
      long bytes = Long.parseLong(text.trim());
      if (bytes >= 0) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      // reported below, like any other unusable value
    }
    throw new IllegalArgumentException(
        "headgrad.pool.bytes must be an integer of at least 0, but is " + text);
  }

  /**
   * An array of exactly {@code n} elements with any content.
   *
   * @param n the number of elements
   * @return the array, now owned by the caller
   */
  public static float[] floats(int n) {
    return n < MIN_LENGTH ? new float[n] : (float[]) POOL.take(Kind.FLOAT, n);
  }

  /**
   * An array of exactly {@code n} elements with any content.
   *
   * @param n the number of elements
   * @return the array, now owned by the caller
   */
  public static double[] doubles(int n) {
    return n < MIN_LENGTH ? new double[n] : (double[]) POOL.take(Kind.DOUBLE, n);
  }

  /**
   * An array of exactly {@code n} elements with any content.
   *
   * @param n the number of elements
   * @return the array, now owned by the caller
   */
  public static int[] ints(int n) {
    return n < MIN_LENGTH ? new int[n] : (int[]) POOL.take(Kind.INT, n);
  }

  /**
   * An array of exactly {@code n} elements with any content.
   *
   * @param n the number of elements
   * @return the array, now owned by the caller
   */
  public static long[] longs(int n) {
    return n < MIN_LENGTH ? new long[n] : (long[]) POOL.take(Kind.LONG, n);
  }

  /**
   * An array of exactly {@code n} elements with any content.
   *
   * @param n the number of elements
   * @return the array, now owned by the caller
   */
  public static byte[] bytes(int n) {
    return n < MIN_LENGTH ? new byte[n] : (byte[]) POOL.take(Kind.BYTE, n);
  }

  /**
   * Gives an array back.
   *
   * @param array the array, which nobody uses any more
   */
  public static void recycle(float[] array) {
    if (array.length >= MIN_LENGTH) {
      POOL.give(Kind.FLOAT, array, array.length);
    }
  }

  /**
   * Gives an array back.
   *
   * @param array the array, which nobody uses any more
   */
  public static void recycle(double[] array) {
    if (array.length >= MIN_LENGTH) {
      POOL.give(Kind.DOUBLE, array, array.length);
    }
  }

  /**
   * Gives an array back.
   *
   * @param array the array, which nobody uses any more
   */
  public static void recycle(int[] array) {
    if (array.length >= MIN_LENGTH) {
      POOL.give(Kind.INT, array, array.length);
    }
  }

  /**
   * Gives an array back.
   *
   * @param array the array, which nobody uses any more
   */
  public static void recycle(long[] array) {
    if (array.length >= MIN_LENGTH) {
      POOL.give(Kind.LONG, array, array.length);
    }
  }

  /**
   * Gives an array back.
   *
   * @param array the array, which nobody uses any more
   */
  public static void recycle(byte[] array) {
    if (array.length >= MIN_LENGTH) {
      POOL.give(Kind.BYTE, array, array.length);
    }
  }

  /**
   * The bytes of memory that the pool holds at the moment.
   *
   * @return the number of bytes
   */
  public static long pooledBytes() {
    return POOL.bytes();
  }

  /** Leaves all pooled arrays to the garbage collector. */
  public static void clear() {
    POOL.clear();
  }

  /** The element types, each with its bytes and its constructor. */
  enum Kind {
    FLOAT(4, float[]::new),
    DOUBLE(8, double[]::new),
    INT(4, int[]::new),
    LONG(8, long[]::new),
    BYTE(1, byte[]::new);

    private final int bytes;
    private final IntFunction<Object> create;

    Kind(int bytes, IntFunction<Object> create) {
      this.bytes = bytes;
      this.create = create;
    }
  }

  /** Arrays of one element type and length. */
  private static final class Bucket {
    private final Kind kind;
    private final int length;
    private final @Nullable Bucket next;
    private @Nullable Object[] arrays = new Object[4];
    private int size;
    private long lastAsked;

    Bucket(Kind kind, int length, @Nullable Bucket next) {
      this.kind = kind;
      this.length = length;
      this.next = next;
    }

    long arrayBytes() {
      return (long) length * kind.bytes;
    }
  }

  /** The buckets: a small hash table with chains, since lengths are primitive. */
  static final class Pool {
    private static final int SLOTS = 256;

    private final long limit;
    private final @Nullable Bucket[] slots = new Bucket[SLOTS];
    private long bytes;
    private long clock;

    Pool(long limit) {
      this.limit = limit;
    }

    Object take(Kind kind, int length) {
      synchronized (this) {
        Bucket bucket = bucket(kind, length);
        bucket.lastAsked = ++clock;
        if (bucket.size > 0) {
          Object array = bucket.arrays[--bucket.size];
          if (array != null) {
            bucket.arrays[bucket.size] = null;
            bytes -= bucket.arrayBytes();
            return array;
          }
        }
      }
      return kind.create.apply(length);
    }

    synchronized void give(Kind kind, Object array, int length) {
      Bucket bucket = bucket(kind, length);
      long size = bucket.arrayBytes();
      while (bytes + size > limit) {
        Bucket oldest = leastRecentlyAsked();
        if (oldest == null || oldest == bucket || size > limit) {
          return;
        }
        bytes -= oldest.size * oldest.arrayBytes();
        Arrays.fill(oldest.arrays, 0, oldest.size, null);
        oldest.size = 0;
      }
      if (bucket.size == bucket.arrays.length) {
        bucket.arrays = Arrays.copyOf(bucket.arrays, 2 * bucket.size);
      }
      bucket.arrays[bucket.size++] = array;
      bytes += size;
    }

    private Bucket bucket(Kind kind, int length) {
      int slot = ((length * 0x9E3779B9) >>> 24) ^ kind.ordinal();
      for (Bucket b = slots[slot]; b != null; b = b.next) {
        if (b.length == length && b.kind == kind) {
          return b;
        }
      }
      Bucket created = new Bucket(kind, length, slots[slot]);
      slots[slot] = created;
      return created;
    }

    private @Nullable Bucket leastRecentlyAsked() {
      Bucket oldest = null;
      for (Bucket first : slots) {
        for (Bucket b = first; b != null; b = b.next) {
          if (b.size > 0 && (oldest == null || b.lastAsked < oldest.lastAsked)) {
            oldest = b;
          }
        }
      }
      return oldest;
    }

    synchronized long bytes() {
      return bytes;
    }

    synchronized void clear() {
      Arrays.fill(slots, null);
      bytes = 0;
    }
  }
}
