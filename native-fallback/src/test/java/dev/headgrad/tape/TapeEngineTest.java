package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import org.junit.jupiter.api.Test;

class TapeEngineTest {

  private final Engine engine = Engine.getEngine(TapeEngine.NAME);

  /** The tests run with C2, so vectors are used wherever the module is. */
  @Test
  void isCapableOfTheVectorApiWhereTheModuleIs() {
    boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertEquals(present, engine.hasCapability(TapeEngine.VECTOR_API));
  }

  @Test
  void hasNoCapabilityOfNativeEngines() {
    assertFalse(engine.hasCapability(StandardCapabilities.CUDA));
    assertFalse(engine.hasCapability(StandardCapabilities.MKL));
  }
}
