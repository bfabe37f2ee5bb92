package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads files that MXNet 1.9.1 wrote from Python. */
class MxnetFileTest extends FaceTest {

  private static Path file(String name) throws Exception {
    return Path.of(MxnetFileTest.class.getResource(name).toURI());
  }

  @Test
  void aDictionary() throws Exception {
    NDList arrays = manager.load(file("dict.nd"));
    assertEquals(7, arrays.size());
    assertIs(arrays.get("w"), DataType.FLOAT32, new Shape(2, 3), 0, 1, 2, 3, 4, 5);
    assertIs(arrays.get("i"), DataType.INT32, new Shape(3), 1, 2, 3);
    assertIs(arrays.get("l"), DataType.INT64, new Shape(2), 1, 1099511627776.);
    assertIs(arrays.get("h"), DataType.FLOAT16, new Shape(2), .5, 1.5);
    assertIs(arrays.get("d"), DataType.FLOAT64, new Shape(1, 1), 1e300);
    assertIs(arrays.get("u"), DataType.UINT8, new Shape(1, 2), 1, 255);
    assertIs(arrays.get("b"), DataType.INT8, new Shape(2), -1, 1);
  }

  @Test
  void aListHasNoNames() throws Exception {
    NDList arrays = manager.load(file("list.nd"));
    assertEquals(2, arrays.size());
    assertIs(arrays.get(0), DataType.FLOAT32, new Shape(3), 1, 2, 3);
    assertIs(arrays.get(1), DataType.FLOAT32, new Shape(2, 2), 0, 0, 0, 0);
    assertNull(arrays.get(0).getName());
  }

  @Test
  void sparseArrays() throws Exception {
    NDList arrays = manager.load(file("sparse.nd"));
    NDArray csr = arrays.get("csr");
    assertEquals(SparseFormat.CSR, csr.getSparseFormat());
    assertIs(csr, DataType.FLOAT32, new Shape(3, 4), 1, 0, 2, 0, 0, 0, 0, 0, 0, 3, 0, 0);
    NDArray rows = arrays.get("rs");
    assertEquals(SparseFormat.ROW_SPARSE, rows.getSparseFormat());
    assertIs(rows, DataType.FLOAT32, new Shape(5, 2), 1, 2, 0, 0, 0, 0, 3, 4, 0, 0);
  }

  @Test
  void aFileThatIsCutOffIsRefused(@TempDir Path folder) throws Exception {
    byte[] whole = Files.readAllBytes(file("dict.nd"));
    Path part = folder.resolve("part.nd");
    for (int length = 8; length < whole.length; length++) {
      Files.write(part, Arrays.copyOf(whole, length));
      assertThrows(IllegalArgumentException.class, () -> manager.load(part), "of " + length);
    }
    assertEquals(0, manager.getManagedArrays().size());
  }
}
