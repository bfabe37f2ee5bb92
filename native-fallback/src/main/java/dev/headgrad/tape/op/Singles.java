package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.kernel.VectorApi;
import dev.headgrad.tape.kernel.Workers;

/** Walks one array, element by element. */
final class Singles {

  /** Elements that are worth a thread of their own. */
  private static final int GRAIN = 1 << 14;

  private Singles() {}

  /** What is computed of a run of elements. */
  interface Kernel {
    /**
     * Writes {@code y[yo + i]}, computed of {@code x[xo + i]}, for {@code 0 <= i < n}.
     *
     * @param domain the dtype of x
     */
    void run(DataType domain, Object x, int xo, Object y, int yo, int n);
  }

  /** Computes a new array of the given dtype from x converted to the domain. */
  static DenseArray run(Kernel kernel, DenseArray x, DataType domain, DataType type) {
    DenseArray in = Elements.to(x, domain);
    DenseArray y = DenseArray.dirtyLike(x, type);
    Object from = in.data();
    Object to = y.data();
    int xo = in.offset();
    int n = y.size();
    if (n < VectorApi.FEW) {
      kernel.run(domain, from, xo, to, 0, n);
    } else {
      Workers.parallelFor(n, GRAIN, (i, j) -> kernel.run(domain, from, xo + i, to, i, j - i));
    }
    if (in != x) {
      in.release();
    }
    return y;
  }
}
