package dev.headgrad.tape.kernel.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Array;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransposeTest {

  private static final Class<?>[] TYPES = {
    float.class, double.class, int.class, long.class, byte.class, short.class
  };

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 5", "8, 8", "16, 256", "17, 300", "40, 3", "300, 301"})
  void transposedMatrices(int rows, int cols) {
    for (Class<?> type : TYPES) {
      int distance = rows + 2;
      Object x = Array.newInstance(type, 3 + cols * distance);
      for (int i = 0; i < Array.getLength(x); i++) {
        Array.setByte(x, i, (byte) (i * 31));
      }
      Object y = Array.newInstance(type, rows * cols + 4);
      Transpose.copy(rows, cols, x, 3, 1, distance, y, 2);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < cols; c++) {
          assertEquals(Array.get(x, 3 + r + c * distance), Array.get(y, 2 + r * cols + c));
        }
      }
      assertEquals(0, ((Number) Array.get(y, 1)).intValue());
      assertEquals(0, ((Number) Array.get(y, 2 + rows * cols)).intValue());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0, 1", "-1, -20", "-20, 2", "40, -2"})
  void anyStrides(int row, int col) {
    float[] x = new float[2000];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    float[] y = new float[20 * 18];
    Transpose.copy(20, 18, x, 1000, row, col, y, 0);
    for (int r = 0; r < 20; r++) {
      for (int c = 0; c < 18; c++) {
        assertEquals(x[1000 + r * row + c * col], y[r * 18 + c]);
      }
    }
  }
}
