package dev.headgrad.tape.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorApiTest {

  /** What JVMs say of themselves: started without options, with -XX:TieredStopAtLevel=1, -Xint. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mixed mode, sharing | true",
        "compiled mode, sharing | true",
        "mixed mode, emulated-client, sharing | false",
        "interpreted mode, sharing | false",
      })
  void vectorsAreUsedWhereC2CompilesThem(String info, boolean used) {
    assertEquals(used, VectorApi.compilesVectors(info));
  }
}
