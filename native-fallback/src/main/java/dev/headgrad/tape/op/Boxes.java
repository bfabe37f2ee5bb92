package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.NonDifferentiable;
import java.util.Arrays;

/**
 * Boxes of the single-shot detector (Liu et al., SSD, 2016), as MXNet's MultiBox operators compute
 * them. A box is (left, top, right, bottom), in shares of the image. None of it has a gradient.
 */
public final class Boxes {

  /** How much the offsets of a box are scaled: SSD's variances. */
  private static final float[] VARIANCES = {.1f, .1f, .2f, .2f};

  private Boxes() {}

  private abstract static class BoxOp extends NonDifferentiable {
    BoxOp(String name) {
      super(name);
    }

    static float[] floats(DenseArray x) {
      return Elements.copy(Elements.to(x, DataType.FLOAT32)).floats();
    }
  }

  private static final class Prior extends BoxOp {
    private final float[] sizes;
    private final float[] ratios;
    private final float[] steps;
    private final float[] offsets;
    private final boolean clip;

    Prior(float[] sizes, float[] ratios, float[] steps, float[] offsets, boolean clip) {
      super("multiBoxPrior");
      this.sizes = sizes;
      this.ratios = ratios;
      this.steps = steps;
      this.offsets = offsets;
      this.clip = clip;
    }

    @Override
    protected DenseArray[] forward(DenseArray[] inputs) {
      int height = inputs[0].dim(2);
      int width = inputs[0].dim(3);
      float stepY = steps[0] > 0 ? steps[0] : 1f / height;
      float stepX = steps[1] > 0 ? steps[1] : 1f / width;
      int each = sizes.length + ratios.length - 1;
      float[] boxes = new float[height * width * each * 4];
      int at = 0;
      for (int r = 0; r < height; r++) {
        for (int c = 0; c < width; c++) {
          float y = (r + offsets[0]) * stepY;
          float x = (c + offsets[1]) * stepX;
          for (int k = 0; k < each; k++) {
            float size = k < sizes.length ? sizes[k] : sizes[0];
            int shape = k < sizes.length ? 0 : k - sizes.length + 1;
            float root = (float) Math.sqrt(ratios[shape]);
            float halfWidth = size * height / width * root / 2;
            float halfHeight = size / root / 2;
            boxes[at++] = x - halfWidth;
            boxes[at++] = y - halfHeight;
            boxes[at++] = x + halfWidth;
            boxes[at++] = y + halfHeight;
          }
        }
      }
      for (int i = 0; clip && i < boxes.length; i++) {
        boxes[i] = Math.max(0, Math.min(1, boxes[i]));
      }
      return new DenseArray[] {DenseArray.of(boxes, DataType.FLOAT32, 1, height * width * each, 4)};
    }
  }

  private static float overlap(float[] a, int ao, float[] b, int bo) {
    float width = Math.min(a[ao + 2], b[bo + 2]) - Math.max(a[ao], b[bo]);
    float height = Math.min(a[ao + 3], b[bo + 3]) - Math.max(a[ao + 1], b[bo + 1]);
    if (width <= 0 || height <= 0) {
      return 0;
    }
    float common = width * height;
    float areaA = (a[ao + 2] - a[ao]) * (a[ao + 3] - a[ao + 1]);
    float areaB = (b[bo + 2] - b[bo]) * (b[bo + 3] - b[bo + 1]);
    float union = areaA + areaB - common;
    return union <= 0 ? 0 : common / union;
  }

  private static final class Target extends BoxOp {
    private final float threshold;
    private final float ignore;
    private final float miningRatio;
    private final float miningThreshold;
    private final int leastNegatives;

    Target(
        float threshold,
        float ignore,
        float miningRatio,
        float miningThreshold,
        int leastNegatives) {
      super("multiBoxTarget");
      this.threshold = threshold;
      this.ignore = ignore;
      this.miningRatio = miningRatio;
      this.miningThreshold = miningThreshold;
      this.leastNegatives = leastNegatives;
    }

    @Override
    protected DenseArray[] forward(DenseArray[] inputs) {
      float[] anchors = floats(inputs[0]);
      float[] labels = floats(inputs[1]);
      float[] predictions = floats(inputs[2]);
      int batch = inputs[1].dim(0);
      int objects = inputs[1].dim(1);
      int width = inputs[1].dim(2);
      int n = anchors.length / 4;
      float[] offsets = new float[batch * n * 4];
      float[] mask = new float[batch * n * 4];
      float[] classes = new float[batch * n];
      Arrays.fill(classes, ignore);
      for (int b = 0; b < batch; b++) {
        int first = b * objects * width;
        int count = 0;
        while (count < objects && labels[first + count * width] != -1) {
          count++;
        }
        if (count == 0) {
          continue;
        }
        int[] match = new int[n];
        float[] best = new float[n];
        boolean[] positive = match(anchors, labels, first, width, count, match, best);
        boolean[] negative = negatives(predictions, b, inputs[2].dim(1), n, positive, best);
        for (int i = 0; i < n; i++) {
          if (positive[i]) {
            int label = first + match[i] * width;
            classes[b * n + i] = labels[label] + 1;
            Arrays.fill(mask, (b * n + i) * 4, (b * n + i + 1) * 4, 1);
            encode(anchors, i * 4, labels, label + 1, offsets, (b * n + i) * 4);
          } else if (negative[i]) {
            classes[b * n + i] = 0;
          }
        }
      }
      return new DenseArray[] {
        DenseArray.of(offsets, DataType.FLOAT32, batch, n * 4),
        DenseArray.of(mask, DataType.FLOAT32, batch, n * 4),
        DenseArray.of(classes, DataType.FLOAT32, batch, n)
      };
    }

    /** Each object takes the anchor that it overlaps most; then anchors take objects. */
    private boolean[] match(
        float[] anchors,
        float[] labels,
        int first,
        int width,
        int count,
        int[] match,
        float[] best) {
      int n = match.length;
      float[][] overlaps = new float[n][count];
      for (int i = 0; i < n; i++) {
        for (int g = 0; g < count; g++) {
          overlaps[i][g] = overlap(anchors, i * 4, labels, first + g * width + 1);
        }
      }
      boolean[] positive = new boolean[n];
      boolean[] taken = new boolean[count];
      for (int round = 0; round < count; round++) {
        int anchor = -1;
        int object = -1;
        float most = 1e-6f;
        for (int i = 0; i < n; i++) {
          for (int g = 0; !positive[i] && g < count; g++) {
            if (!taken[g] && overlaps[i][g] > most) {
              most = overlaps[i][g];
              anchor = i;
              object = g;
            }
          }
        }
        if (anchor < 0) {
          break;
        }
        positive[anchor] = true;
        taken[object] = true;
        match[anchor] = object;
        best[anchor] = most;
      }
      for (int i = 0; i < n; i++) {
        if (positive[i]) {
          continue;
        }
        for (int g = 0; g < count; g++) {
          if (overlaps[i][g] > best[i]) {
            best[i] = overlaps[i][g];
            match[i] = g;
          }
        }
        positive[i] = threshold > 0 && best[i] > threshold;
      }
      return positive;
    }

    /** All that are not positive, or the hardest of them: the least sure to be background. */
    private boolean[] negatives(
        float[] predictions, int b, int classes, int n, boolean[] positive, float[] best) {
      boolean[] negative = new boolean[n];
      if (miningRatio <= 0) {
        for (int i = 0; i < n; i++) {
          negative[i] = !positive[i];
        }
        return negative;
      }
      int positives = 0;
      int candidates = 0;
      Integer[] order = new Integer[n];
      double[] background = new double[n];
      for (int i = 0; i < n; i++) {
        positives += positive[i] ? 1 : 0;
        if (!positive[i] && best[i] < miningThreshold) {
          order[candidates++] = i;
          background[i] = background(predictions, b, classes, n, i);
        }
      }
      int wanted = Math.max((int) (positives * miningRatio), leastNegatives);
      Arrays.sort(order, 0, candidates, (i, j) -> Double.compare(background[i], background[j]));
      for (int k = 0; k < Math.min(wanted, candidates); k++) {
        negative[order[k]] = true;
      }
      return negative;
    }

    private static double background(float[] predictions, int b, int classes, int n, int i) {
      double max = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        max = Math.max(max, predictions[(b * classes + c) * n + i]);
      }
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += Math.exp(predictions[(b * classes + c) * n + i] - max);
      }
      return Math.exp(predictions[b * classes * n + i] - max) / sum;
    }

    private static void encode(float[] a, int ao, float[] g, int go, float[] out, int at) {
      float width = a[ao + 2] - a[ao];
      float height = a[ao + 3] - a[ao + 1];
      out[at] = ((g[go] + g[go + 2]) / 2 - (a[ao] + a[ao + 2]) / 2) / width / VARIANCES[0];
      out[at + 1] =
          ((g[go + 1] + g[go + 3]) / 2 - (a[ao + 1] + a[ao + 3]) / 2) / height / VARIANCES[1];
      out[at + 2] = (float) Math.log((g[go + 2] - g[go]) / width) / VARIANCES[2];
      out[at + 3] = (float) Math.log((g[go + 3] - g[go + 1]) / height) / VARIANCES[3];
    }
  }

  private static final class Detection extends BoxOp {
    private final boolean clip;
    private final float threshold;
    private final int background;
    private final float nmsThreshold;
    private final boolean acrossClasses;
    private final int topK;

    Detection(
        boolean clip,
        float threshold,
        int background,
        float nmsThreshold,
        boolean acrossClasses,
        int topK) {
      super("multiBoxDetection");
      this.clip = clip;
      this.threshold = threshold;
      this.background = background;
      this.nmsThreshold = nmsThreshold;
      this.acrossClasses = acrossClasses;
      this.topK = topK;
    }

    @Override
    protected DenseArray[] forward(DenseArray[] inputs) {
      float[] scores = floats(inputs[0]);
      float[] offsets = floats(inputs[1]);
      float[] anchors = floats(inputs[2]);
      int batch = inputs[0].dim(0);
      int classes = inputs[0].dim(1);
      int n = inputs[0].dim(2);
      float[] out = new float[batch * n * 6];
      Arrays.fill(out, -1);
      for (int b = 0; b < batch; b++) {
        float[][] found = new float[n][];
        int count = 0;
        for (int i = 0; i < n; i++) {
          int id = 0;
          float score = -1;
          for (int c = 0; c < classes; c++) {
            float s = scores[(b * classes + c) * n + i];
            if (c != background && s > score) {
              score = s;
              id = c;
            }
          }
          if (score >= threshold) {
            float[] row = {id - (id > background ? 1 : 0), score, 0, 0, 0, 0};
            decode(anchors, i * 4, offsets, (b * n + i) * 4, row);
            found[count++] = row;
          }
        }
        Arrays.sort(found, 0, count, (x, y) -> Float.compare(y[1], x[1]));
        suppress(found, count);
        for (int i = 0; i < count; i++) {
          System.arraycopy(found[i], 0, out, (b * n + i) * 6, 6);
        }
      }
      return new DenseArray[] {DenseArray.of(out, DataType.FLOAT32, batch, n, 6)};
    }

    /** Of boxes that overlap, all but the surest lose their class. */
    private void suppress(float[][] found, int count) {
      int kept = topK > 0 ? Math.min(topK, count) : count;
      for (int i = kept; i < count; i++) {
        found[i][0] = -1;
      }
      for (int i = 0; nmsThreshold > 0 && nmsThreshold <= 1 && i < kept; i++) {
        for (int j = i + 1; found[i][0] >= 0 && j < kept; j++) {
          boolean rivals = acrossClasses || found[i][0] == found[j][0];
          if (found[j][0] >= 0 && rivals && overlap(found[i], 2, found[j], 2) >= nmsThreshold) {
            found[j][0] = -1;
          }
        }
      }
    }

    private void decode(float[] a, int ao, float[] p, int po, float[] row) {
      float width = a[ao + 2] - a[ao];
      float height = a[ao + 3] - a[ao + 1];
      float x = p[po] * VARIANCES[0] * width + (a[ao] + a[ao + 2]) / 2;
      float y = p[po + 1] * VARIANCES[1] * height + (a[ao + 1] + a[ao + 3]) / 2;
      float halfWidth = (float) Math.exp(p[po + 2] * VARIANCES[2]) * width / 2;
      float halfHeight = (float) Math.exp(p[po + 3] * VARIANCES[3]) * height / 2;
      row[2] = x - halfWidth;
      row[3] = y - halfHeight;
      row[4] = x + halfWidth;
      row[5] = y + halfHeight;
      for (int i = 2; clip && i < 6; i++) {
        row[i] = Math.max(0, Math.min(1, row[i]));
      }
    }
  }

  /**
   * Anchor boxes around every pixel: one of each size with the first ratio, then one of the first
   * size with each further ratio.
   *
   * @param x images (n, channels, height, width), of which only the size counts
   * @param steps between centers, vertical first; not positive for one pixel
   * @param offsets of the centers within a step, vertical first
   * @return (1, boxes, 4)
   */
  public static DenseArray prior(
      DenseArray x, float[] sizes, float[] ratios, float[] steps, float[] offsets, boolean clip) {
    return new Prior(sizes, ratios, steps, offsets, clip).apply(x)[0];
  }

  /**
   * What a detector is trained to say.
   *
   * @param anchors (1, boxes, 4)
   * @param labels (n, objects, 5): class and box; the first class of -1 ends the list
   * @param predictions (n, classes + 1, boxes)
   * @param threshold the overlap from which an anchor stands for an object
   * @param ignore the class of anchors that do not count
   * @param miningRatio how many anchors are background for each that is an object; not positive for
   *     all
   * @param miningThreshold the overlap below which an anchor may be background
   * @return offsets and their mask (n, boxes * 4), and classes (n, boxes), 0 for background
   */
  public static DenseArray[] target(
      DenseArray anchors,
      DenseArray labels,
      DenseArray predictions,
      float threshold,
      float ignore,
      float miningRatio,
      float miningThreshold,
      int leastNegatives) {
    return new Target(threshold, ignore, miningRatio, miningThreshold, leastNegatives)
        .apply(anchors, labels, predictions);
  }

  /**
   * What a detector has found, surest first.
   *
   * @param scores (n, classes + 1, boxes)
   * @param offsets (n, boxes * 4)
   * @param anchors (1, boxes, 4)
   * @return (n, boxes, 6): class, score and box; class -1 for what does not count
   */
  public static DenseArray detection(
      DenseArray scores,
      DenseArray offsets,
      DenseArray anchors,
      boolean clip,
      float threshold,
      int background,
      float nmsThreshold,
      boolean acrossClasses,
      int topK) {
    return new Detection(clip, threshold, background, nmsThreshold, acrossClasses, topK)
        .apply(scores, offsets, anchors)[0];
  }
}
