package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.op.SparseArrays;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Arrays in the format of MXNet's {@code nd.save}, which is also that of Gluon's parameter files.
 *
 * <p>All numbers are little-endian: a list's magic number and a reserved one; the count of arrays,
 * and each one; the count of names, which is 0 or the same, and each one with its length. An array
 * is its own magic number, storage type, shape, device, data type and elements; a sparse one has
 * the shape of its values before that, and its indices, with their types and shapes, around them
 * (MXNet's {@code src/ndarray/ndarray.cc}).
 */
final class MxnetFile {

  private static final long LIST = 0x112;
  private static final int VERSION_2 = 0xF993FAC9;
  private static final int VERSION_3 = 0xF993FACA;

  private static final int ROW_SPARSE = 1;
  private static final int CSR = 2;

  /** As MXNet numbers them. */
  private static final DataType[] TYPES = {
    DataType.FLOAT32,
    DataType.FLOAT64,
    DataType.FLOAT16,
    DataType.UINT8,
    DataType.INT32,
    DataType.INT8,
    DataType.INT64,
    DataType.BOOLEAN
  };

  private final TapeNDManager manager;
  private final ByteBuffer in;

  private MxnetFile(TapeNDManager manager, byte[] file) {
    this.manager = manager;
    in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether a file begins as those of MXNet do. */
  static boolean isOne(byte[] file) {
    return file.length >= 8
        && ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong() == LIST;
  }

  /**
   * The arrays of a file, with their names if they have some.
   *
   * @throws IllegalArgumentException if the file is cut off, or of a version before MXNet 1.0
   */
  static NDList read(TapeNDManager manager, byte[] file) {
    NDList arrays = new NDList();
    try {
      new MxnetFile(manager, file).read(arrays);
      return arrays;
    } catch (BufferUnderflowException e) {
      arrays.close();
      throw new IllegalArgumentException("the file of MXNet arrays is cut off", e);
    }
  }

  private void read(NDList arrays) {
    in.getLong(); // the magic number of lists
    in.getLong(); // reserved
    long count = in.getLong();
    for (long i = 0; i < count; i++) {
      arrays.add(array());
    }
    long names = in.getLong();
    if (names != 0 && names != count) {
      throw new IllegalArgumentException(
          "the file has " + names + " names for " + count + " MXNet arrays");
    }
    for (int i = 0; i < names; i++) {
      arrays.get(i).setName(text());
    }
  }

  private String text() {
    byte[] bytes = new byte[length(in.getLong())];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private NDArray array() {
    int version = in.getInt();
    if (version != VERSION_2 && version != VERSION_3) {
      throw new IllegalArgumentException(
          "an array of the file has the magic number "
              + Integer.toHexString(version)
              + "; MXNet writes f993fac9 or f993faca since its version 1.0");
    }
    int storage = in.getInt();
    boolean sparse = storage == ROW_SPARSE || storage == CSR;
    int[] values = sparse ? dims() : null;
    int[] dims = dims();
    if (dims.length == 0 && version == VERSION_2) {
      return manager.create(new Shape(0)); // one that was never filled
    }
    in.getLong(); // the device
    DataType type = type();
    if (values == null) {
      return manager.wrap(elements(type, dims));
    }
    DataType[] indexTypes = new DataType[storage]; // rows have one array of indices, CSR has two
    int[][] indexDims = new int[storage][];
    for (int i = 0; i < storage; i++) {
      indexTypes[i] = type();
      indexDims[i] = dims();
    }
    DenseArray data = elements(type, values);
    long[][] indices = new long[storage][];
    for (int i = 0; i < storage; i++) {
      indices[i] = Elements.to(elements(indexTypes[i], indexDims[i]), DataType.INT64).longs();
    }
    return storage == CSR
        ? manager.sparse(SparseArrays.ofRows(data, indices[0], indices[1], dims), SparseFormat.CSR)
        : manager.sparse(SparseArrays.ofSlices(data, indices[0], dims), SparseFormat.ROW_SPARSE);
  }

  private DataType type() {
    int number = in.getInt();
    if (number < 0 || number >= TYPES.length) {
      throw new IllegalArgumentException("MXNet's data type number " + number + " is not known");
    }
    return TYPES[number];
  }

  private int[] dims() {
    int[] dims = new int[length(in.getInt())];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = Math.toIntExact(in.getLong());
    }
    return dims;
  }

  private DenseArray elements(DataType type, int[] dims) {
    length((long) Dims.size(dims) * type.getNumOfBytes());
    return Bytes.read(in, type, dims);
  }

  /** A number of bytes or entries to come, which cannot be more than the bytes that are left. */
  private int length(long count) {
    if (count < 0 || count > in.remaining()) {
      throw new BufferUnderflowException();
    }
    return (int) count;
  }
}
