package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.op.Joining;
import dev.headgrad.tape.op.Shapes;
import dev.headgrad.tape.op.Slicing;
import java.util.Arrays;

/** Other layouts of the same elements. */
abstract class ArrayShapes extends ArrayReductions {

  ArrayShapes(TapeNDManager manager, DenseArray array) {
    super(manager, array);
  }

  @Override
  public final NDArray rotate90(int times, int[] axes) {
    if (axes.length != 2) {
      throw new IllegalArgumentException("rotate90 needs 2 axes, but got " + axes.length);
    }
    return wrap(Joining.rotate90(array(), times, axes[0], axes[1]));
  }

  @Override
  public final NDList split(long[] indices, int axis) {
    return indices.length == 0 ? new NDList(this) : wrapAll(Joining.split(array(), axis, indices));
  }

  @Override
  public final NDList split(long sections, int axis) {
    return wrapAll(Joining.splitEqually(array(), axis, sections));
  }

  private NDList wrapAll(DenseArray[] arrays) {
    NDList list = new NDList(arrays.length);
    for (DenseArray a : arrays) {
      list.add(wrap(a));
    }
    return list;
  }

  @Override
  public final NDArray flatten() {
    return wrap(Shapes.flatten(array()));
  }

  @Override
  public final NDArray flatten(int startDim, int endDim) {
    return wrap(Shapes.flatten(array(), startDim, endDim));
  }

  @Override
  public final NDArray pad(Shape padding, double value) {
    int rank = array().rank();
    int pairs = padding.dimension() / 2;
    if (padding.dimension() % 2 != 0 || pairs > rank) {
      throw new IllegalArgumentException(
          "padding "
              + padding
              + " does not fit an array of shape "
              + getShape()
              + ": it needs two widths per axis, before and after, from the last axis on");
    }
    int[] before = new int[rank];
    int[] after = new int[rank];
    for (int i = 0; i < pairs; i++) {
      before[rank - 1 - i] = Math.toIntExact(padding.get(2 * i));
      after[rank - 1 - i] = Math.toIntExact(padding.get(2 * i + 1));
    }
    return wrap(Joining.pad(array(), before, after, value));
  }

  @Override
  public final NDArray reshape(Shape shape) {
    return wrap(Shapes.reshape(array(), Shapes.inferred(shape, array().size())));
  }

  @Override
  public final NDArray expandDims(int axis) {
    return wrap(Shapes.expandDims(array(), axis));
  }

  @Override
  public final NDArray squeeze(int[] axes) {
    return wrap(Shapes.squeeze(array(), axes));
  }

  @Override
  public final NDArray squeeze() {
    return wrap(Shapes.squeeze(array()));
  }

  @Override
  public final NDArray diagonal() {
    return diagonal(0);
  }

  @Override
  public final NDArray diagonal(int offset) {
    return diagonal(offset, 0, 1);
  }

  @Override
  public final NDArray diagonal(int offset, int axis1, int axis2) {
    return wrap(Slicing.diagonal(array(), offset, axis1, axis2));
  }

  @Override
  public final NDArray tile(long repeats) {
    return array().size() == 0
        ? duplicate() // as DJL's other engines do
        : wrap(Joining.tile(array(), onEachAxis(repeats)));
  }

  @Override
  public final NDArray tile(int axis, long repeats) {
    return wrap(Joining.tile(array(), onAxis(axis, repeats)));
  }

  @Override
  public final NDArray tile(long[] repeats) {
    return wrap(Joining.tile(array(), ints(repeats)));
  }

  @Override
  public final NDArray tile(Shape desiredShape) {
    return wrap(Joining.tile(array(), toReach(desiredShape)));
  }

  @Override
  public final NDArray repeat(long repeats) {
    return array().size() == 0 ? duplicate() : wrap(Joining.repeat(array(), onEachAxis(repeats)));
  }

  @Override
  public final NDArray repeat(int axis, long repeats) {
    return wrap(Joining.repeat(array(), onAxis(axis, repeats)));
  }

  @Override
  public final NDArray repeat(long[] repeats) {
    return wrap(Joining.repeat(array(), ints(repeats)));
  }

  @Override
  public final NDArray repeat(Shape desiredShape) {
    return wrap(Joining.repeat(array(), toReach(desiredShape)));
  }

  @Override
  public final NDArray flip(int... axes) {
    return wrap(Joining.flip(array(), axes));
  }

  @Override
  public final NDArray transpose() {
    return wrap(Shapes.transpose(array()));
  }

  @Override
  public final NDArray transpose(int... axes) {
    return wrap(Shapes.transpose(array(), axes));
  }

  @Override
  public final NDArray swapAxes(int axis1, int axis2) {
    return wrap(Shapes.swapAxes(array(), axis1, axis2));
  }

  @Override
  public final NDArray broadcast(Shape shape) {
    return wrap(Shapes.broadcast(array(), Dims.of(shape)));
  }

  @Override
  public final NDArray diff(int n, int dim) {
    return wrap(Slicing.difference(array(), n, dim));
  }

  private int[] onEachAxis(long repeats) {
    int[] each = new int[Math.max(1, array().rank())];
    Arrays.fill(each, Math.toIntExact(repeats));
    return each;
  }

  private int[] onAxis(int axis, long repeats) {
    int rank = array().rank();
    if (rank == 0) {
      throw new IllegalArgumentException("a 0-d array has no axis to repeat it along");
    }
    int[] each = new int[rank];
    Arrays.fill(each, 1);
    each[Dims.axis(axis, rank)] = Math.toIntExact(repeats);
    return each;
  }

  private static int[] ints(long[] values) {
    int[] ints = new int[values.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = Math.toIntExact(values[i]);
    }
    return ints;
  }

  /** The repeats of each axis that make an array of the desired shape, given its last axes. */
  private int[] toReach(Shape desired) {
    int[] dims = array().dims();
    int[] repeats = new int[dims.length];
    Arrays.fill(repeats, 1);
    int lead = dims.length - desired.dimension();
    if (lead < 0) {
      throw new IllegalArgumentException(
          "the desired shape " + desired + " has more dimensions than the array, " + getShape());
    }
    for (int i = lead; i < dims.length; i++) {
      long length = desired.get(i - lead);
      if (dims[i] == 0 || length % dims[i] != 0) {
        throw new IllegalArgumentException(
            "the desired shape " + desired + " is not a multiple of the array's, " + getShape());
      }
      repeats[i] = Math.toIntExact(length / dims[i]);
    }
    return repeats;
  }
}
