package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.sun.management.ThreadMXBean;
import dev.headgrad.tape.kernel.Workers;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What operations of a few elements cost beside their arithmetic: bytes and threads. The bounds are
 * about half as much again as what is measured.
 */
class AllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Engine engine = Engine.getEngine(TapeEngine.NAME);
  private NDManager manager;
  private NDArray x;

  @BeforeEach
  void open() {
    manager = engine.newBaseManager();
    x = manager.create(new float[] {1, 2, 3, 4});
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** The bytes that one call allocates, on average of many. */
  private static long bytes(Runnable call) {
    int calls = 2000;
    for (int i = 0; i < calls; i++) {
      call.run();
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < calls; i++) {
      call.run();
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / calls;
  }

  private static void assertAtMost(long bound, String what, Runnable call) {
    long bytes = bytes(call);
    assertTrue(bytes <= bound, what + " allocates " + bytes + " bytes, more than " + bound);
  }

  @Test
  void operationsOfFourElementsAllocateTheirResultAndLittleElse() {
    NDArray column = manager.ones(new Shape(4, 1));
    assertAtMost(560, "x * 2", () -> x.mul(2).close());
    assertAtMost(320, "x + x", () -> x.add(x).close());
    assertAtMost(320, "exp(x)", () -> x.exp().close());
    assertAtMost(1000, "x + column", () -> x.add(column).close());
    assertAtMost(800, "sum(x)", () -> x.sum().close());
    assertAtMost(400, "x += 2", () -> x.addi(2));
    assertAtMost(1000, "reshape", () -> x.reshape(2, 2).close());
  }

  @Test
  void aRecordedStepAllocatesItsGraphOnce() {
    x.setRequiresGradient(true);
    assertAtMost(
        7000,
        "(x * x * 2).sum(), forward and back",
        () -> {
          try (GradientCollector collector = engine.newGradientCollector();
              NDArray squares = x.mul(x);
              NDArray doubled = squares.mul(2);
              NDArray y = doubled.sum()) {
            collector.backward(y);
          }
        });
  }

  @Test
  void allocationDoesNotGrowWithTheNumberOfSteps() {
    Runnable call = () -> x.mul(2);
    long early = bytes(call);
    for (int i = 0; i < 20_000; i++) {
      call.run();
    }
    long late = bytes(call);
    assertTrue(late <= early + 64, "from " + early + " bytes a call to " + late);
  }

  @Test
  void smallWorkStartsNoThreadAndLargeWorkNoMoreThanThePool() {
    NDArray matrix = manager.ones(new Shape(32, 64));
    NDArray row = manager.ones(new Shape(64));
    long before = THREADS.getTotalStartedThreadCount();
    matrix.add(row).exp().sum().toFloatArray();
    assertEquals(before, THREADS.getTotalStartedThreadCount(), "threads after small work");
    NDArray large = manager.ones(new Shape(1000, 1000));
    large.add(large).exp().sum().toFloatArray();
    large.mul(large).tanh().sum().toFloatArray();
    long started = THREADS.getTotalStartedThreadCount() - before;
    assertTrue(
        started <= Workers.threads() - 1,
        started + " threads were started, but the pool has " + (Workers.threads() - 1));
  }
}
