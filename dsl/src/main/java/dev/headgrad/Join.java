package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/** Putting arrays together. */
final class Join {
  private Join() {}

  /** The arrays one after the other along an axis; dtypes and all other sizes are the same. */
  static NDArray concat(NDList arrays, int axis) {
    NDArray first = arrays.head();
    int rank = first.getShape().dimension();
    int at = Shapes.axis(axis, rank);
    for (NDArray array : arrays) {
      Shapes.sameDtype(first, array);
      Shape shape = array.getShape();
      boolean fits = shape.dimension() == rank;
      for (int i = 0; fits && i < rank; i++) {
        fits = i == at || shape.get(i) == first.getShape().get(i);
      }
      if (!fits) {
        throw new IllegalArgumentException(
            "arrays of shapes "
                + Shapes.text(first.getShape())
                + " and "
                + Shapes.text(shape)
                + " cannot be concatenated along axis "
                + at);
      }
    }
    return arrays.size() == 1
        ? Elementary.copy(first)
        : first.getNDArrayInternal().concat(arrays.subNDList(1), at);
  }

  /** The arrays, of one shape and dtype, along a new axis. */
  static NDArray stack(NDList arrays, int axis) {
    NDArray first = arrays.head();
    int at = Shapes.axis(axis, first.getShape().dimension() + 1);
    NDList expanded = new NDList(arrays.size());
    for (NDArray array : arrays) {
      Shapes.sameShape(first, array);
      expanded.add(array.reshape(Shapes.insert(array.getShape(), at, 1)));
    }
    return concat(expanded, at);
  }
}
