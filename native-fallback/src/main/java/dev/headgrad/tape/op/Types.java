package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;

/** How dtypes combine, and in which one they are computed. */
final class Types {

  private Types() {}

  /**
   * The common dtype of two operands. A floating type wins over an integer, an integer over
   * BOOLEAN; within a kind the wider wins, and a 0-d array yields to the other's.
   */
  static DataType promote(DenseArray a, DenseArray b) {
    DataType x = a.type();
    DataType y = b.type();
    if (x != y && kind(x) == kind(y) && (a.rank() == 0) != (b.rank() == 0)) {
      return a.rank() == 0 ? y : x;
    }
    return promote(x, y);
  }

  /** The common dtype of two operands of any shape. */
  static DataType promote(DataType x, DataType y) {
    if (x == y) {
      return x;
    }
    int kindX = kind(x);
    int kindY = kind(y);
    if (kindX != kindY) {
      return kindX > kindY ? x : y;
    }
    return wider(x, y);
  }

  private static int kind(DataType type) {
    if (type == DataType.COMPLEX64) {
      return 3;
    }
    if (type == DataType.STRING) {
      throw notNumbers();
    }
    return type.isFloating() ? 2 : type.isInteger() ? 1 : 0;
  }

  private static IllegalArgumentException notNumbers() {
    return new IllegalArgumentException("a STRING array cannot be computed with");
  }

  private static DataType wider(DataType x, DataType y) {
    if (x.isFloating()) {
      int nx = x.getNumOfBytes();
      int ny = y.getNumOfBytes();
      if (nx == ny) { // FLOAT16 with BFLOAT16: neither holds the other
        return DataType.FLOAT32;
      }
      return nx > ny ? x : y;
    }
    boolean signedX = x.getFormat() == DataType.Format.INT;
    boolean signedY = y.getFormat() == DataType.Format.INT;
    int nx = x.getNumOfBytes();
    int ny = y.getNumOfBytes();
    if (signedX == signedY) {
      return nx > ny ? x : y;
    }
    int signed = signedX ? nx : ny;
    int unsigned = signedX ? ny : nx;
    if (signed > unsigned) {
      return signedX ? x : y;
    }
    switch (unsigned) { // the signed type that holds both
      case 1:
        return DataType.INT16;
      case 2:
        return DataType.INT32;
      default:
        return DataType.INT64;
    }
  }

  /** The dtype that kernels compute a dtype in: FLOAT32, FLOAT64, INT64 or COMPLEX64. */
  static DataType domain(DataType type) {
    if (type == DataType.FLOAT32 || type == DataType.FLOAT64 || type == DataType.COMPLEX64) {
      return type;
    } else if (type == DataType.STRING) {
      throw notNumbers();
    }
    return type.isFloating() ? DataType.FLOAT32 : DataType.INT64;
  }

  /** The dtype of a function of real numbers: the array's own, FLOAT32 for integers. */
  static DataType floating(DataType type) {
    return type.isFloating() ? type : DataType.FLOAT32;
  }

  /** A computed array in its final dtype. It is given back if that makes a new one. */
  static DenseArray cast(DenseArray computed, DataType type) {
    if (computed.type() == type) {
      return computed;
    }
    DenseArray y = Elements.to(computed, type);
    computed.release();
    return y;
  }
}
