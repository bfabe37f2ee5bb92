package dev.headgrad.print;

import java.util.stream.IntStream;

/**
 * Where the elements stand: NumPy's {@code _formatArray} with its default options. Brackets, lines
 * of at most 75 columns, blank lines between blocks; of more than 1000 elements only the three at
 * either end of each axis.
 */
final class ArrayText {
  private static final int LINE_WIDTH = 75;
  private static final int THRESHOLD = 1000;
  private static final int EDGE_ITEMS = 3;
  private static final String ELLIPSIS = "...";

  private final int[] shape;
  private final boolean summarized;

  /** A layout for a shape without zeros, of one axis or more. */
  ArrayText(int[] shape) {
    this.shape = shape;
    summarized = product(shape) > THRESHOLD;
  }

  private static long product(int[] shape) {
    long product = 1;
    for (int length : shape) {
      product *= length;
    }
    return product;
  }

  /** Indices into the flat array of the elements that will be printed. */
  int[] sample() {
    IntStream indices = IntStream.of(0);
    for (int length : shape) {
      int[] positions = positions(length);
      indices = indices.flatMap(i -> IntStream.of(positions).map(p -> i * length + p));
    }
    return indices.toArray();
  }

  private boolean cuts(int length) {
    return summarized && length > 2 * EDGE_ITEMS;
  }

  private int[] positions(int length) {
    if (!cuts(length)) {
      return IntStream.range(0, length).toArray();
    }
    return IntStream.concat(
            IntStream.range(0, EDGE_ITEMS), IntStream.range(length - EDGE_ITEMS, length))
        .toArray();
  }

  /** The array with its brackets. */
  String format(ElementFormat elements) {
    return format(elements, 0, 0, " ", LINE_WIDTH);
  }

  private String format(ElementFormat elements, int axis, int offset, String indent, int width) {
    String body =
        axis == shape.length - 1
            ? row(elements, offset, indent, width - 1)
            : block(elements, axis, offset, indent, width - 1);
    return "[" + body.substring(indent.length()) + "]";
  }

  private String row(ElementFormat elements, int offset, String indent, int width) {
    int length = shape[shape.length - 1];
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder(indent);
    int previous = -1;
    for (int position : positions(length)) {
      if (position != previous + 1) {
        extend(lines, line, ELLIPSIS, width, indent);
        line.append(' ');
      }
      extend(lines, line, elements.format(offset + position), width, indent);
      line.append(position == length - 1 ? "" : " ");
      previous = position;
    }
    return lines.append(line).toString();
  }

  /** Adds a word to the line, or begins a new one where that helps. */
  private static void extend(
      StringBuilder lines, StringBuilder line, String word, int width, String indent) {
    if (line.length() + word.length() > width && line.length() > indent.length()) {
      lines.append(line.toString().stripTrailing()).append('\n');
      line.setLength(0);
      line.append(indent);
    }
    line.append(word);
  }

  private String block(ElementFormat elements, int axis, int offset, String indent, int width) {
    int length = shape[axis];
    String separator = "\n".repeat(shape.length - axis - 1);
    StringBuilder text = new StringBuilder();
    int previous = -1;
    for (int position : positions(length)) {
      text.append(position == 0 ? "" : separator);
      if (position != previous + 1) {
        text.append(indent).append(ELLIPSIS).append(separator);
      }
      int inner = (offset + position) * shape[axis + 1];
      text.append(indent).append(format(elements, axis + 1, inner, indent + " ", width));
      previous = position;
    }
    return text.toString();
  }
}
