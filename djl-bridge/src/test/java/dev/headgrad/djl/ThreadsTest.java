package dev.headgrad.djl;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Section 11 of the facts: threads. */
class ThreadsTest extends EngineTest {

  private final ExecutorService others = Executors.newFixedThreadPool(4);

  @AfterEach
  void stopThreads() {
    others.shutdown();
  }

  /** Arrays of one thread are attached and closed while another one differentiates. */
  @Test
  void eachThreadItsOwnGraphs() throws Exception {
    List<Future<Integer>> done = new ArrayList<>();
    for (int t = 1; t <= 8; t++) {
      int thread = t;
      done.add(others.submit(() -> recordAndDifferentiate(thread)));
    }
    for (Future<Integer> task : done) {
      assertTrue(task.get() > 0);
    }
  }

  private static int recordAndDifferentiate(int thread) {
    int steps = 40;
    for (int i = 1; i <= steps; i++) {
      try (NDManager own = ENGINE.newBaseManager()) {
        NDArray x = own.create(new float[] {0, 1, 2, 3});
        NDArray factor = own.create(new float[] {thread + i});
        Autograd.attachGrad(x);
        Autograd.backward(recorded(() -> x.mul(x).mul(factor)));
        float twice = 2 * (thread + i);
        assertGrad(x, 0, twice, 2 * twice, 3 * twice);
      }
    }
    return steps;
  }

  @Test
  void aGraphRecordedOnOneThreadIsDifferentiatedOnAnother() throws Exception {
    NDArray x = x4();
    NDArray y = others.submit(() -> recorded(() -> x.mul(x))).get();
    Autograd.backward(y, head());
    assertGrad(x, 0, 2, .4f, .06f);
    NDArray z = recorded(() -> x.mul(3));
    others.submit(() -> Autograd.backward(z)).get();
    assertGrad(x, 3, 3, 3, 3);
  }

  @Test
  void recordingHereIsNotRecordingElsewhere() throws Exception {
    NDArray x = x4();
    try (RecordScope scope = Autograd.record(ENGINE)) {
      assertFalse(others.submit(() -> Autograd.isRecording(ENGINE)).get());
      Future<NDArray> constant =
          others.submit(() -> Autograd.isRecording(ENGINE) ? Autograd.detach(x) : x.mul(2));
      NDArray y = constant.get();
      assertThrows(AutogradException.class, () -> Autograd.backward(y));
    }
  }
}
