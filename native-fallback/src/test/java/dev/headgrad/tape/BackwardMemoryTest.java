package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.sun.management.ThreadMXBean;
import dev.headgrad.tape.kernel.Buffers;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A backward gives memory back as it goes, but none that somebody still looks at. */
class BackwardMemoryTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Shape LARGE = new Shape(256, 512);

  private final NDManager manager = Engine.getEngine(TapeEngine.NAME).newBaseManager();
  private NDArray x;

  @BeforeEach
  void attach() {
    x = manager.arange(0f, LARGE.size(), 1f).reshape(LARGE).duplicate();
    x.setRequiresGradient(true);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** Takes from the pool whatever is wrongly in it, and overwrites it. */
  private void overwritePool() {
    List<NDArray> taken = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      taken.add(manager.full(LARGE, -1f));
    }
    taken.forEach(NDArray::close);
  }

  private static void backward(NDArray y, NDArray head) {
    TapeAutograd.backward(List.of(y), List.of(head), false);
  }

  private NDArray recorded(Supplier<NDArray> computation) {
    boolean before = TapeAutograd.setRecording(true);
    try {
      return computation.get();
    } finally {
      TapeAutograd.setRecording(before);
    }
  }

  @Test
  void aStepTakesItsLargeArraysFromThePool() {
    NDArray head = manager.ones(LARGE);
    Runnable step =
        () -> {
          try (NDManager batch = manager.newSubManager()) {
            x.tempAttach(batch);
            backward(recorded(() -> x.flip(0).flip(1).flip(0).flip(1)), head);
          }
        };
    step.run();
    step.run();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    step.run();
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(
        allocated < 4 * LARGE.size(), allocated + " bytes, as much as an array or more, are new");
  }

  /** The bias is added where the product lies, and that is in the pool again once it is closed. */
  @Test
  void aLayerTakesNoMoreThanItsResult() {
    NDArray input = manager.ones(new Shape(2, 100, 64));
    NDArray weight = manager.ones(new Shape(77, 64));
    NDArray bias = manager.ones(new Shape(77));
    int size = 2 * 100 * 77;
    Buffers.clear();
    NDArray y = input.getNDArrayInternal().linear(input, weight, bias).head();
    assertEquals(65, y.getFloat(1, 99, 76));
    y.close();
    long before = Buffers.pooledBytes();
    float[] result = Buffers.floats(size);
    assertEquals(4 * size, before - Buffers.pooledBytes());
    float[] other = Buffers.floats(size);
    assertEquals(4 * size, before - Buffers.pooledBytes(), "there was a second array");
    Buffers.recycle(result);
    Buffers.recycle(other);
  }

  @Test
  void headsThatRulesPassOnStayTheUsersOwn() {
    NDArray head = manager.arange(0f, LARGE.size(), 1f).reshape(LARGE);
    float[] expected = head.toFloatArray();
    backward(recorded(() -> x.add(x.stopGradient())), head);
    overwritePool();
    assertArrayEquals(expected, head.toFloatArray());
    assertArrayEquals(expected, x.getGradient().toFloatArray());
    backward(recorded(() -> x.reshape(-1).reshape(LARGE)), head);
    overwritePool();
    assertArrayEquals(expected, head.toFloatArray());
    assertArrayEquals(expected, x.getGradient().toFloatArray());
  }

  @Test
  void aGradientTakenEarlierSeesTheNextOne() {
    NDArray earlier = x.getGradient();
    NDArray flat = earlier.reshape(-1);
    backward(recorded(() -> x.mul(3)), manager.ones(LARGE));
    overwritePool();
    assertEquals(3, earlier.getFloat(255, 511));
    assertEquals(3, flat.getFloat(LARGE.size() - 1));
    backward(recorded(() -> x.mul(5)), manager.ones(LARGE));
    overwritePool();
    assertEquals(5, earlier.getFloat(255, 511));
    assertEquals(5, flat.getFloat(LARGE.size() - 1));
  }

  @Test
  void returnedGradientsAreTheCallersAlone() {
    NDArray head = manager.full(LARGE, 7f);
    NDArray y = recorded(() -> x.add(1));
    List<NDArray> gradients =
        TapeAutograd.gradients(List.of(y), List.of(head), List.of(x, x), false, false);
    gradients.get(0).close();
    overwritePool();
    assertEquals(7, gradients.get(1).getFloat(255, 511));
    assertEquals(7, head.getFloat(255, 511));
  }

  @Test
  void whatAFunctionKeepsOfItsHeadsAndReturnsStays() {
    List<NDArray> kept = new ArrayList<>();
    NDArray y =
        recorded(
            () ->
                TapeAutograd.function(
                        "keeping",
                        new NDList(x),
                        in -> new NDList(in.head().mul(2)),
                        heads -> {
                          kept.add(heads.head());
                          kept.add(heads.head().mul(2));
                          return new NDList(kept.get(1));
                        })
                    .head()
                    .flip(0));
    backward(y, manager.full(LARGE, 4f));
    overwritePool();
    assertEquals(4, kept.get(0).getFloat(255, 511));
    assertEquals(8, kept.get(1).getFloat(255, 511));
    assertEquals(8, x.getGradient().getFloat(255, 511));
  }

  @Test
  void aRetainedGraphGivesTheSameTwice() {
    NDArray y = recorded(() -> x.mul(x).flip(0));
    for (int pass = 0; pass < 2; pass++) {
      TapeAutograd.backward(List.of(y), Collections.singletonList(null), true);
      overwritePool();
      assertEquals(2f * (LARGE.size() - 1), x.getGradient().getFloat(255, 511));
    }
  }
}
