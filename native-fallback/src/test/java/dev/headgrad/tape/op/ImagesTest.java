package dev.headgrad.tape.op;

import static dev.headgrad.tape.op.GradientCheck.check;
import static dev.headgrad.tape.op.GradientCheck.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImagesTest {

  private static final long SEED = 41;

  private static float[] floats(DenseArray x) {
    return Elements.copy(x).floats();
  }

  /** What PyTorch gives for the same image. */
  @Test
  void sizesAsPyTorchMakesThem() {
    DenseArray x = DenseArray.of(new float[] {1, 2, 3, 4}, DataType.FLOAT32, 1, 1, 2, 2);
    float[] linear = {
      1, 1.25f, 1.75f, 2, 1.5f, 1.75f, 2.25f, 2.5f, 2.5f, 2.75f, 3.25f, 3.5f, 3, 3.25f, 3.75f, 4
    };
    assertArrayEquals(linear, floats(Images.resize(x, 4, 4, Images.Mode.BILINEAR, false)), 1e-6f);
    float[] nearest = {1, 1, 2, 1, 1, 2, 3, 3, 4, 3, 3, 4};
    assertArrayEquals(nearest, floats(Images.resize(x, 4, 3, Images.Mode.NEAREST, false)), 1e-6f);
    assertArrayEquals(
        new float[] {2.5f}, floats(Images.resize(x, 1, 1, Images.Mode.AREA, false)), 1e-6f);
  }

  @ParameterizedTest
  @EnumSource(Images.Mode.class)
  void gradientsFlowThroughTheSizes(Images.Mode mode) {
    Random random = new Random(SEED);
    check(
        "resize " + mode,
        SEED,
        in -> Images.resize(in[0], 3, 5, mode, false),
        uniform(random, -1, 1, 2, 4, 3));
  }

  @Test
  void imagesWithTheirChannelsLast() {
    try (NDManager manager = NDManager.newBaseManager("JavaTape")) {
      NDArray image = manager.create(new float[] {1, 2, 3, 4}, new Shape(2, 2, 1));
      NDArray larger = image.getNDArrayInternal().resize(4, 3, 1);
      assertEquals(new Shape(3, 4, 1), larger.getShape());
      assertArrayEquals(
          new float[] {1, 1.25f, 1.75f, 2, 2, 2.25f, 2.75f, 3, 3, 3.25f, 3.75f, 4},
          larger.toFloatArray(),
          1e-6f);
      NDArray colours = manager.ones(new Shape(2, 2, 3)).mul(.5);
      assertEquals(
          new Shape(2, 2, 3),
          colours.getNDArrayInternal().randomColorJitter(.1f, .1f, .1f, .1f).getShape());
      float[] grey = colours.getNDArrayInternal().randomHue(.5f).toFloatArray();
      for (float value : grey) {
        assertEquals(.5f, value, 1e-6f); // grey has no hue to turn
      }
    }
  }

  @Test
  void bytesAreRoundedAndStayBytes() {
    DenseArray halves = DenseArray.of(new float[] {.5f, 1.5f, -3, 300}, DataType.FLOAT32, 4);
    DenseArray bytes = Images.saturated(halves, DataType.UINT8);
    assertEquals(DataType.UINT8, bytes.type());
    assertArrayEquals(new byte[] {1, 2, 0, (byte) 255}, (byte[]) bytes.data());
    try (NDManager manager = NDManager.newBaseManager("JavaTape")) {
      NDArray image = manager.full(new Shape(2, 2, 3), 200, DataType.UINT8);
      assertEquals(image, image.getNDArrayInternal().randomBrightness(0));
      assertEquals(image, image.getNDArrayInternal().randomColorJitter(0, 0, 0, 0));
      assertEquals(DataType.UINT8, image.getNDArrayInternal().randomHue(1).getDataType());
    }
  }
}
