package dev.headgrad.tape.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import org.junit.jupiter.api.Test;

/** Against what the real MXNet gave for the same boxes. */
class BoxesTest {

  private static DenseArray array(float[] x, int... dims) {
    return DenseArray.of(x, DataType.FLOAT32, dims);
  }

  private static final DenseArray ANCHORS =
      array(
          new float[] {
            .1f, .08f, .52f, .92f, .08f, .2f, .56f, .95f, .15f, .3f, .62f, .91f, .55f, .2f, .9f,
            .88f, .7f, .7f, .8f, .8f
          },
          1,
          5,
          4);

  @Test
  void priorsAreCenteredOnThePixels() {
    DenseArray boxes =
        Boxes.prior(
            DenseArray.zeros(DataType.FLOAT32, 1, 3, 1, 2),
            new float[] {.5f, .25f},
            new float[] {1, 4},
            new float[] {-1, -1},
            new float[] {.5f, .5f},
            false);
    // half as wide as high for the image's shape; the ratio 4 is twice as wide, half as high
    float[] expected = {
      .125f, .25f, .375f, .75f, .1875f, .375f, .3125f, .625f, 0, .375f, .5f, .625f, .625f, .25f,
      .875f, .75f, .6875f, .375f, .8125f, .625f, .5f, .375f, 1, .625f
    };
    assertArrayEquals(expected, boxes.floats(), 1e-6f);
  }

  @Test
  void targetsOfTwoObjects() {
    DenseArray labels =
        array(
            new float[] {0, .1f, .08f, .52f, .92f, 1, .55f, .2f, .9f, .88f, -1, -1, -1, -1, -1},
            1,
            3,
            5);
    DenseArray predictions =
        array(
            new float[] {.1f, .2f, .3f, .4f, .5f, .5f, .3f, .2f, .1f, 0, .3f, .1f, .9f, .2f, .4f},
            1,
            3,
            5);
    DenseArray[] targets = Boxes.target(ANCHORS, labels, predictions, .5f, -1, 3, .5f, 0);
    float[] offsets = {
      0,
      0,
      0,
      0,
      -.20833313f,
      -.9999999f,
      -.6676573f,
      .5666434f,
      -1.5957445f,
      -1.7213118f,
      -.56239015f,
      1.5997148f,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0
    };
    assertArrayEquals(offsets, targets[0].floats(), 1e-5f);
    assertArrayEquals(new float[] {1, 1, 1, 2, 0}, targets[2].floats());
  }

  @Test
  void detectionsThatOverlapLoseTheirClass() {
    DenseArray scores =
        array(
            new float[] {0, 0, 0, 0, .1f, .9f, .8f, .7f, .1f, .05f, .1f, .2f, .3f, .9f, .2f},
            1,
            3,
            5);
    DenseArray offsets = Creation.full(.1, DataType.FLOAT32, 1, 20);
    DenseArray found = Boxes.detection(scores, offsets, ANCHORS, true, .15f, 0, .5f, false, -1);
    float[] expected = {
      0, .9f, .09995775f, .079915464f, .52844226f, .9368846f,
      1, .9f, .5499648f, .19993156f, .90703523f, .8936685f,
      -1, .8f, .07995166f, .19992447f, .5696483f, .9650755f,
      -1, .7f, .14995268f, .29993862f, .62944734f, .9222614f,
      1, .2f, .6999899f, .6999899f, .80201006f, .80201006f
    };
    assertArrayEquals(expected, found.floats(), 1e-6f);
  }
}
