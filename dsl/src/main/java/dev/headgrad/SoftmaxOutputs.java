package dev.headgrad;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** The softmax that brings the gradient of its cross entropy. */
final class SoftmaxOutputs {
  private SoftmaxOutputs() {}

  /** The softmax of x, differentiated as the options say. */
  static NDArray softmax(NDArray x, NDArray label, LossOptions.SoftmaxOutput options) {
    Shape shape = x.getShape();
    // (rows, classes, places): the classes in the middle
    long rows = shape.get(0);
    long classes = options.multiOutput() ? shape.get(1) : x.size() / rows;
    if (options.preserveShape()) {
      classes = shape.get(shape.dimension() - 1);
      rows = x.size() / classes;
    }
    Shape table = new Shape(rows, classes, x.size() / rows / classes);
    boolean probabilities = label.getShape().equals(shape);
    if (!probabilities && label.size() != rows * table.get(2)) {
      throw new IllegalArgumentException(
          "a softmax of shape "
              + Shapes.text(shape)
              + " has "
              + rows * table.get(2)
              + " labels, not those of shape "
              + Shapes.text(label.getShape()));
    }
    return Custom.apply(
        x,
        a -> a.reshape(table).softmax(1).reshape(shape),
        (head, in, y) -> {
          NDArray gradient =
              probabilities
                  ? y.sub(label).mul(options.gradScale())
                  : gradient(y.reshape(table), label, options).reshape(shape);
          return options.outGrad() ? gradient.mul(head) : gradient;
        });
  }

  private static NDArray gradient(NDArray y, NDArray label, LossOptions.SoftmaxOutput options) {
    Shape table = y.getShape();
    long classes = table.get(1);
    NDArray places = y.getManager().arange(0, classes, 1, y.getDataType());
    NDArray labels =
        Elementary.cast(label, y.getDataType()).reshape(new Shape(table.get(0), 1, table.get(2)));
    NDArray hot =
        Elementary.truth(labels.broadcast(table).eq(Select.to(places.reshape(1, -1, 1), table)), y);
    double alpha = options.smoothAlpha();
    double others = alpha == 0 ? 0 : alpha / (classes - 1);
    NDArray gradient = y.sub(hot.mul(1 - alpha - others)).sub(others);
    NDArray counted = Elementary.truth(labels.neq(options.ignoreLabel()), y);
    if (options.useIgnore()) {
      gradient = gradient.mul(counted);
    }
    double scale = options.gradScale();
    switch (options.normalization()) {
      case "null":
        return gradient.mul(scale / table.get(2));
      case "batch":
        return gradient.mul(scale / label.getShape().get(0) / table.get(2));
      case "valid":
        NDArray valid = Select.maximum(counted.sum(), Elementary.constant(y, 1));
        return gradient.mul(scale).div(valid);
      default:
        throw new IllegalArgumentException(
            "there is no normalization " + options.normalization() + "; null, batch and valid are");
    }
  }
}
