package dev.headgrad.tape.kernel.matrix;

import static dev.headgrad.tape.kernel.Vectors.fma;

import dev.headgrad.tape.kernel.Species;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Tiles of doubles, as {@link VectorTile} says. */
final class DoubleVectorTile {

  private static final VectorSpecies<Double> D = Species.DOUBLES;
  private static final int LANES = D.length();
  private static final int COLS = VectorTile.SHAPE.doubleCols;
  private static final int DISTANCE = VectorTile.DISTANCE;

  private DoubleVectorTile() {}

  /**
   * Computes 6 rows and 2 vectors of the result, or 4 rows if no more are wanted: the product of
   * the rows of a that begin at ao, {@link VectorTile#DISTANCE} apart, with the columns of b,
   * stored row by row and {@link Tile#doubleCols} wide. If the depth is odd, one more term is read.
   *
   * @param rows how many rows are wanted
   * @param depth the terms of a sum, {@link Tile#depth} at most
   * @param a the left factor
   * @param ao index of its first element
   * @param b the right factor
   * @param bo index of its first element
   * @param c the result
   * @param co index of its first element
   * @param row distance of its rows
   */
  static void multiply(
      int rows, int depth, double[] a, int ao, double[] b, int bo, double[] c, int co, int row) {
    if (rows <= VectorTile.LOW) {
      fourRows(depth, a, ao, b, bo, c, co, row);
    } else {
      sixRows(depth, a, ao, b, bo, c, co, row);
    }
  }

  private static void sixRows(
      int depth, double[] a, int ao, double[] b, int bo, double[] c, int co, int row) {
    DoubleVector zero = DoubleVector.zero(D);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    DoubleVector c30 = zero;
    DoubleVector c31 = zero;
    DoubleVector c40 = zero;
    DoubleVector c41 = zero;
    DoubleVector c50 = zero;
    DoubleVector c51 = zero;
    int shift = bo - ao * COLS;
    for (int i = ao; i < ao + depth; i += VectorTile.TERMS) {
      int j = shift + i * COLS;
      DoubleVector x = DoubleVector.fromArray(D, b, j);
      DoubleVector y = DoubleVector.fromArray(D, b, j + LANES);
      DoubleVector v = DoubleVector.broadcast(D, a[i]);
      c00 = fma(x, v, c00);
      c01 = fma(y, v, c01);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(D, a[i + DISTANCE]);
      c10 = fma(x, v, c10);
      c11 = fma(y, v, c11);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(D, a[i + 2 * DISTANCE]);
      c20 = fma(x, v, c20);
      c21 = fma(y, v, c21);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(D, a[i + 3 * DISTANCE]);
      c30 = fma(x, v, c30);
      c31 = fma(y, v, c31);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(D, a[i + 4 * DISTANCE]);
      c40 = fma(x, v, c40);
      c41 = fma(y, v, c41);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(D, a[i + 5 * DISTANCE]);
      c50 = fma(x, v, c50);
      c51 = fma(y, v, c51);
      VarHandle.loadLoadFence();
      x = DoubleVector.fromArray(D, b, j + COLS);
      y = DoubleVector.fromArray(D, b, j + COLS + LANES);
      v = DoubleVector.broadcast(D, a[i + 1]);
      c00 = fma(x, v, c00);
      c01 = fma(y, v, c01);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(D, a[i + 1 + DISTANCE]);
      c10 = fma(x, v, c10);
      c11 = fma(y, v, c11);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(D, a[i + 1 + 2 * DISTANCE]);
      c20 = fma(x, v, c20);
      c21 = fma(y, v, c21);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(D, a[i + 1 + 3 * DISTANCE]);
      c30 = fma(x, v, c30);
      c31 = fma(y, v, c31);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(D, a[i + 1 + 4 * DISTANCE]);
      c40 = fma(x, v, c40);
      c41 = fma(y, v, c41);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(D, a[i + 1 + 5 * DISTANCE]);
      c50 = fma(x, v, c50);
      c51 = fma(y, v, c51);
      VarHandle.loadLoadFence();
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + LANES);
    c10.intoArray(c, co + row);
    c11.intoArray(c, co + row + LANES);
    c20.intoArray(c, co + 2 * row);
    c21.intoArray(c, co + 2 * row + LANES);
    c30.intoArray(c, co + 3 * row);
    c31.intoArray(c, co + 3 * row + LANES);
    c40.intoArray(c, co + 4 * row);
    c41.intoArray(c, co + 4 * row + LANES);
    c50.intoArray(c, co + 5 * row);
    c51.intoArray(c, co + 5 * row + LANES);
  }

  private static void fourRows(
      int depth, double[] a, int ao, double[] b, int bo, double[] c, int co, int row) {
    DoubleVector zero = DoubleVector.zero(D);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    DoubleVector c30 = zero;
    DoubleVector c31 = zero;
    int shift = bo - ao * COLS;
    for (int i = ao; i < ao + depth; i += VectorTile.TERMS) {
      int j = shift + i * COLS;
      DoubleVector x = DoubleVector.fromArray(D, b, j);
      DoubleVector y = DoubleVector.fromArray(D, b, j + LANES);
      DoubleVector v = DoubleVector.broadcast(D, a[i]);
      c00 = fma(x, v, c00);
      c01 = fma(y, v, c01);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(D, a[i + DISTANCE]);
      c10 = fma(x, v, c10);
      c11 = fma(y, v, c11);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(D, a[i + 2 * DISTANCE]);
      c20 = fma(x, v, c20);
      c21 = fma(y, v, c21);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(D, a[i + 3 * DISTANCE]);
      c30 = fma(x, v, c30);
      c31 = fma(y, v, c31);
      VarHandle.loadLoadFence();
      x = DoubleVector.fromArray(D, b, j + COLS);
      y = DoubleVector.fromArray(D, b, j + COLS + LANES);
      v = DoubleVector.broadcast(D, a[i + 1]);
      c00 = fma(x, v, c00);
      c01 = fma(y, v, c01);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(D, a[i + 1 + DISTANCE]);
      c10 = fma(x, v, c10);
      c11 = fma(y, v, c11);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(D, a[i + 1 + 2 * DISTANCE]);
      c20 = fma(x, v, c20);
      c21 = fma(y, v, c21);
      VarHandle.loadLoadFence();
      v = DoubleVector.broadcast(D, a[i + 1 + 3 * DISTANCE]);
      c30 = fma(x, v, c30);
      c31 = fma(y, v, c31);
      VarHandle.loadLoadFence();
    }
    c00.intoArray(c, co);
    c01.intoArray(c, co + LANES);
    c10.intoArray(c, co + row);
    c11.intoArray(c, co + row + LANES);
    c20.intoArray(c, co + 2 * row);
    c21.intoArray(c, co + 2 * row + LANES);
    c30.intoArray(c, co + 3 * row);
    c31.intoArray(c, co + 3 * row + LANES);
  }

  /**
   * Cuts {@code depth} rows of x, which are {@code distance} apart, to strips of {@link
   * Tile#doubleCols} columns. All strips of a row are written before the next row is read, for its
   * lines are near.
   */
  static void copyRows(
      double[] x, int xo, int distance, int strips, int depth, double[] out, int off, int strip) {
    for (int q = 0; q < depth; q++) {
      int from = xo + q * distance;
      int to = off + q * COLS;
      for (int s = 0; s < strips; s++) {
        DoubleVector.fromArray(D, x, from).intoArray(out, to);
        DoubleVector.fromArray(D, x, from + LANES).intoArray(out, to + LANES);
        from += COLS;
        to += strip;
      }
    }
  }
}
