package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.UnaryOp;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A {@link Fold} along some of the axes of an array, without moving its elements: axes that lie
 * together in memory are folded together, the innermost first.
 */
abstract class Reduction extends UnaryOp {

  private final Fold fold;
  final boolean[] mask;
  private final boolean keepDims;

  Reduction(String name, Keeps keeps, Fold fold, boolean[] mask, boolean keepDims) {
    super(name, keeps);
    this.fold = fold;
    this.mask = mask;
    this.keepDims = keepDims;
  }

  /** The dtype of the result. */
  DataType resultType(DataType type) {
    return type;
  }

  /** The dtype that is computed in, for an input that has that type. */
  DataType domain(DataType type) {
    return Types.domain(resultType(type));
  }

  /** Works on the folded values, which were n elements each. */
  void finish(DenseArray y, int n) {}

  /** How many elements of an array with these dimensions make one of the result. */
  final int count(int[] dims) {
    int n = 1;
    for (int i = 0; i < dims.length; i++) {
      n *= mask[i] ? dims[i] : 1;
    }
    return n;
  }

  /**
   * The result, or its gradient, with the reduced axes in it again, each of length 1; a 0-d one,
   * which goes with any dimensions, as it is.
   */
  final DenseArray restored(Node node, DenseArray y) {
    return keepDims || y.rank() == 0
        ? y
        : Shapes.reshape(y, Dims.reduced(node.inputDims(0), mask, true));
  }

  @Override
  protected final DenseArray forward(DenseArray x) {
    if (x.type() == DataType.COMPLEX64) {
      throw new IllegalArgumentException(name() + " is not defined for COMPLEX64 arrays");
    }
    DataType domain = domain(x.type());
    DenseArray y;
    if (x.isContiguous()) {
      y = fold(Elements.to(x, domain), mask, Dims.reduced(x.dims(), mask, keepDims));
    } else {
      y = foldInMemoryOrder(x, domain);
    }
    finish(y, count(x.dims()));
    return Elements.to(y, resultType(x.type()));
  }

  /** A view with its axes in another order is folded as it lies in memory. */
  private DenseArray foldInMemoryOrder(DenseArray x, DataType domain) {
    int rank = x.rank();
    int[] order =
        IntStream.range(0, rank)
            .boxed()
            .sorted(Comparator.comparingInt(axis -> -Math.abs(x.strides()[axis])))
            .mapToInt(axis -> axis)
            .toArray();
    int[] dims = new int[rank];
    int[] strides = new int[rank];
    boolean[] ordered = new boolean[rank];
    int[] place = new int[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = x.dim(order[i]);
      strides[i] = x.strides()[order[i]];
      ordered[i] = mask[order[i]];
      place[order[i]] = i;
    }
    DenseArray straight = x.view(dims, strides, x.offset());
    DenseArray in = Elements.to(straight, domain);
    DenseArray y = fold(in, ordered, Dims.reduced(dims, ordered, true));
    int[] back = new int[rank];
    for (int i = 0; i < rank; i++) {
      back[i] = y.strides()[place[i]];
    }
    DenseArray turned = y.view(Dims.reduced(x.dims(), mask, true), back, 0);
    int[] reduced = Dims.reduced(x.dims(), mask, keepDims);
    return Elements.copy(turned).view(reduced, Dims.strides(reduced), 0);
  }

  private DenseArray fold(DenseArray x, boolean[] axes, int[] reduced) {
    DenseArray y = DenseArray.dirty(x.type(), reduced);
    if (y.size() == 0) {
      return y;
    }
    if (y.size() == 1) {
      fold.apply(x, 1, x.size(), 1, y);
      return y;
    }
    int[] lengths = new int[axes.length + 1];
    boolean[] folded = new boolean[axes.length + 1];
    int groups = 0;
    int left = 0;
    for (int i = 0; i < axes.length; i++) {
      if (x.dim(i) == 1) {
        continue;
      }
      if (groups > 0 && folded[groups - 1] == axes[i]) {
        lengths[groups - 1] *= x.dim(i);
      } else {
        folded[groups] = axes[i];
        lengths[groups++] = x.dim(i);
        left += axes[i] ? 1 : 0;
      }
    }
    if (left == 0) {
      folded[groups] = true;
      lengths[groups++] = 1;
      left = 1;
    }
    DenseArray in = x;
    Fold how = fold;
    int inner = 1;
    for (int i = groups - 1; left > 0; i--) {
      if (!folded[i]) {
        inner *= lengths[i];
        continue;
      }
      left--;
      int outer = 1;
      for (int k = 0; k < i; k++) {
        outer *= lengths[k];
      }
      DenseArray out = left == 0 ? y : DenseArray.dirty(x.type(), outer, inner);
      how.apply(in, outer, lengths[i], inner, out);
      if (in != x) {
        in.release();
      }
      in = out;
      how = how.combining();
    }
    return y;
  }
}
