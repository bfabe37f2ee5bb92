package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {

  private static final long SEED = 11;
  private final Random random = new Random(SEED);

  private static int[] same(int axes, int value) {
    int[] all = new int[axes];
    java.util.Arrays.fill(all, value);
    return all;
  }

  /** Over two axes, straight from the definition. */
  private static double[] reference(
      DenseArray x, DenseArray w, int stride, int pad, int dilation, int groups, int[] out) {
    int depth = w.dim(1);
    double[] y = new double[out[0] * out[1] * out[2] * out[3]];
    int at = 0;
    for (int n = 0; n < out[0]; n++) {
      for (int m = 0; m < out[1]; m++) {
        int group = m / (out[1] / groups);
        for (int i = 0; i < out[2]; i++) {
          for (int j = 0; j < out[3]; j++) {
            double sum = 0;
            for (int c = 0; c < depth; c++) {
              for (int a = 0; a < w.dim(2); a++) {
                for (int b = 0; b < w.dim(3); b++) {
                  int h = i * stride - pad + a * dilation;
                  int v = j * stride - pad + b * dilation;
                  if (h >= 0 && h < x.dim(2) && v >= 0 && v < x.dim(3)) {
                    int image = ((n * x.dim(1) + group * depth + c) * x.dim(2) + h) * x.dim(3) + v;
                    int filter = ((m * depth + c) * w.dim(2) + a) * w.dim(3) + b;
                    sum += x.doubles()[image] * w.doubles()[filter];
                  }
                }
              }
            }
            y[at++] = sum;
          }
        }
      }
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 1, 1", "2, 1, 1, 1", "1, 2, 2, 1", "2, 2, 2, 2", "3, 1, 1, 2"})
  void valuesAreThoseOfTheDefinition(int stride, int pad, int dilation, int groups) {
    DenseArray x = uniform(random, -1, 1, 2, 4, 7, 6);
    DenseArray w = uniform(random, -1, 1, 6, 4 / groups, 3, 2);
    DenseArray y =
        Convolution.convolution(
            x, w, null, same(2, stride), same(2, pad), same(2, dilation), groups);
    double[] expected = reference(x, w, stride, pad, dilation, groups, y.dims());
    assertArrayEquals(expected, y.doubles(), 1e-12);
    DenseArray single =
        Convolution.convolution(
            Elements.to(x, DataType.FLOAT32),
            Elements.to(w, DataType.FLOAT32),
            null,
            same(2, stride),
            same(2, pad),
            same(2, dilation),
            groups);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], single.floats()[i], 1e-5);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 0, 1, 1", "2, 2, 1, 1, 2", "2, 1, 1, 2, 1", "3, 2, 0, 1, 1"})
  void gradientsOverOneToThreeAxes(int axes, int stride, int pad, int dilation, int groups) {
    int[] image = new int[axes + 2];
    java.util.Arrays.fill(image, 4);
    image[0] = 2;
    image[1] = 2;
    int[] filter = new int[axes + 2];
    java.util.Arrays.fill(filter, 2);
    filter[1] = 2 / groups;
    check(
        "convolution over " + axes + " axes",
        SEED,
        in ->
            Convolution.convolution(
                in[0],
                in[1],
                null,
                same(axes, stride),
                same(axes, pad),
                same(axes, dilation),
                groups),
        uniform(random, -1, 1, image),
        uniform(random, -1, 1, filter));
  }

  @Test
  void gradientsOfDeconvolution() {
    check(
        "deconvolution",
        SEED,
        in ->
            Convolution.deconvolution(
                in[0], in[1], null, same(2, 2), same(2, 1), same(2, 1), same(2, 1), 2),
        uniform(random, -1, 1, 2, 4, 3, 2),
        uniform(random, -1, 1, 4, 1, 3, 3));
  }

  @Test
  void aKernelLargerThanTheImageIsRefused() {
    DenseArray x = uniform(random, -1, 1, 1, 1, 2, 2);
    DenseArray w = uniform(random, -1, 1, 1, 1, 3, 3);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Convolution.convolution(x, w, null, same(2, 1), same(2, 0), same(2, 1), 1));
    assertEquals(
        "a kernel that spans 3 elements does not fit into axis 2 of length 2 with padding 0",
        e.getMessage());
  }

  @Test
  void stridesDilationsAndGroupsAreAtLeastOne() {
    DenseArray x = uniform(random, -1, 1, 1, 2, 3, 3);
    DenseArray w = uniform(random, -1, 1, 2, 2, 2, 2);
    int[] none = same(2, 0);
    int[] one = same(2, 1);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Convolution.convolution(x, w, null, none, none, one, 1));
    assertEquals("the stride is (0, 0), but must be at least 1 on every axis", e.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> Convolution.deconvolution(x, w, null, one, none, none, none, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> Convolution.deconvolution(x, w, null, one, none, none, one, 0));
  }
}
