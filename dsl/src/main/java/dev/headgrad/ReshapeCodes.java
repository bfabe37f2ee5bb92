package dev.headgrad;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** The target of MXNet's {@code reshape}, whose special sizes copy, join and split dimensions. */
final class ReshapeCodes {
  private ReshapeCodes() {}

  /**
   * Works out a target shape.
   *
   * @param shape the present shape
   * @param target sizes, or 0: copy this dimension; -1: whatever is left; -2: copy all remaining
   *     dimensions; -3: join the next two; -4: split the next one into the two sizes that follow,
   *     one of which may be -1
   * @param reverse whether to match dimensions from the end
   * @throws IllegalArgumentException if the sizes do not fit
   */
  static Shape resolve(Shape shape, long[] target, boolean reverse) {
    long[] source = shape.getShape();
    long[] dims =
        reverse
            ? reversed(infer(shape, reversed(source), reversedCodes(target), target))
            : infer(shape, source, target, target);
    return new Shape(dims);
  }

  private static long[] infer(Shape shape, long[] source, long[] codes, long[] written) {
    List<Long> dims = new ArrayList<>();
    int at = 0;
    int inferred = -1;
    for (int i = 0; i < codes.length; i++) {
      long code = codes[i];
      if (code > 0) {
        dims.add(code);
        at++;
      } else if (code == 0) {
        dims.add(next(source, at++, shape, written));
      } else if (code == -1) {
        if (inferred >= 0) {
          throw misfit(shape, written);
        }
        inferred = dims.size();
        dims.add(1L);
        at++;
      } else if (code == -2) {
        while (at < source.length) {
          dims.add(source[at++]);
        }
      } else if (code == -3) {
        dims.add(next(source, at, shape, written) * next(source, at + 1, shape, written));
        at += 2;
      } else if (code == -4 && i + 2 < codes.length) {
        long whole = next(source, at++, shape, written);
        long left = codes[++i];
        long right = codes[++i];
        left = left == -1 ? whole / right : left;
        right = right == -1 ? whole / left : right;
        if (left * right != whole) {
          throw misfit(shape, written);
        }
        dims.add(left);
        dims.add(right);
      } else {
        throw misfit(shape, written);
      }
    }
    long known = dims.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    if (inferred >= 0 && known > 0 && shape.size() % known == 0) {
      dims.set(inferred, shape.size() / known);
      known = shape.size();
    }
    if (known != shape.size()) {
      throw misfit(shape, written);
    }
    return dims.stream().mapToLong(Long::longValue).toArray();
  }

  private static long next(long[] source, int at, Shape shape, long[] written) {
    if (at >= source.length) {
      throw misfit(shape, written);
    }
    return source[at];
  }

  /** Codes from right to left: a split stays a -4 with its two sizes behind it, swapped. */
  private static long[] reversedCodes(long[] codes) {
    long[] result = new long[codes.length];
    for (int i = 0; i < codes.length; i++) {
      int mirrored = codes.length - 1 - i;
      if (codes[i] == -4 && i + 2 < codes.length) {
        result[mirrored - 2] = -4;
        result[mirrored - 1] = codes[i + 2];
        result[mirrored] = codes[i + 1];
        i += 2;
      } else {
        result[mirrored] = codes[i];
      }
    }
    return result;
  }

  private static long[] reversed(long[] values) {
    long[] result = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[values.length - 1 - i];
    }
    return result;
  }

  private static IllegalArgumentException misfit(Shape shape, long[] target) {
    return new IllegalArgumentException(
        "cannot reshape an array of shape "
            + Shapes.text(shape)
            + " with "
            + shape.size()
            + " elements to "
            + new Shape(target).toString());
  }
}
