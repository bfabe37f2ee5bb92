package dev.headgrad.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.headgrad.MX;
import dev.headgrad.Tensor;
import dev.headgrad.TensorScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs that close nothing, as Python's do, run in bounded memory. */
@Tag("conformance")
class MemoryTest {

  private static final MX SESSION = MX.open(System.getProperty("headgrad.engine"));

  @Test
  void unreachableTensorsGiveTheirArraysBack() throws InterruptedException {
    Tensor x = SESSION.nd().ones(64, 64).attachGrad();
    int most = 0;
    for (int step = 0; step < 2000; step++) {
      SESSION.autograd().record(() -> x.times(x).sum()).backward();
      if (step % 200 == 199) {
        most = Math.max(most, heldAfterCollection());
      }
    }
    assertTrue(most < 500, "in 2000 steps of 2 arrays and more, " + most + " were held at once");
    Tensor grad = x.getGrad();
    assertEquals(2 * 64 * 64, grad == null ? 0 : grad.sum().asScalar());
  }

  /** Collects until few arrays are held, or for some seconds: the cleaner has its own pace. */
  private static int heldAfterCollection() throws InterruptedException {
    int held = Integer.MAX_VALUE;
    for (int i = 0; i < 100 && held > 200; i++) {
      System.gc();
      Thread.sleep(20);
      held = SESSION.manager().getManagedArrays().size();
    }
    return held;
  }

  @Test
  void aScopeFreesAtOnceWhatItDoesNotKeep() {
    Tensor inner;
    Tensor kept;
    try (TensorScope scope = SESSION.scope()) {
      inner = SESSION.nd().ones(3);
      kept = scope.keep(inner.times(2));
    }
    assertTrue(inner.ndarray().isReleased());
    assertFalse(kept.ndarray().isReleased());
    assertEquals(6, kept.sum().asScalar());
  }
}
