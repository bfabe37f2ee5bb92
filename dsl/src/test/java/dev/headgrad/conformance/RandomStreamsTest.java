package dev.headgrad.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.headgrad.MX;
import dev.headgrad.RandomArrays;
import dev.headgrad.Tensor;
import dev.headgrad.conformance.contract.Holds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The numbers that the real MXNet draws, on every engine. */
@Tag("conformance")
@Holds("12")
public class RandomStreamsTest {

  private static final MX SESSION = MX.open(System.getProperty("headgrad.engine"));

  private final RandomArrays random = SESSION.nd().random;

  @Test
  void mixedCallsGoOnInOneStream() {
    random.seed(0);
    float[] expected = {2.2122063636779785f, 0.774003803730011f, 1.043440341949463f};
    assertArrayEquals(expected, random.normal(0, 1, 3).toFloatArray(), 1e-6f);
    float[] next = {0.5448831915855408f, 0.8472517132759094f};
    assertArrayEquals(next, random.uniform(0, 1, 2).toFloatArray());
    assertEquals(1.8917113542556763, random.normal(0, 1, 1).asScalar(), 1e-6);
  }

  @Test
  void shapesAndDtypes() {
    assertEquals(new Shape(2, 3), random.uniform(0, 1, 2, 3).shape());
    assertEquals(DataType.INT32, random.randint(0, 10, 4).dtype());
    assertEquals(DataType.FLOAT64, random.normal(0, 1, new Shape(2), DataType.FLOAT64).dtype());
    Tensor x = SESSION.nd().arange(5);
    assertEquals(10, random.shuffle(x).sum().asScalar());
  }
}
