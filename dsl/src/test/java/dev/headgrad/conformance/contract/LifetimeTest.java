package dev.headgrad.conformance.contract;

import static org.junit.jupiter.api.Assertions.assertNull;

import dev.headgrad.Tensor;
import dev.headgrad.djl.RecordScope;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LifetimeTest extends Contract {

  @Test
  @Holds("4")
  void backwardInsideTheScopeAfterItAndInAnotherAreTheSame() {
    Tensor x = x4();
    try (RecordScope scope = autograd.record()) {
      x.times(x).backward(head());
    }
    assertValues(x.getGrad(), 0, 2, .4, .06);
    Tensor y = record(() -> x.times(x).times(2));
    try (RecordScope scope = autograd.pause()) {
      y.backward(head());
    }
    assertValues(x.getGrad(), 0, 4, .8, .12);
    Tensor z = record(() -> x.times(x).times(3));
    try (RecordScope scope = autograd.record()) {
      z.backward(head());
    }
    assertValues(x.getGrad(), 0, 6, 1.2, .18);
  }

  @Test
  @Holds("4")
  void oneGraphFromTwoScopes() {
    Tensor x = x4();
    Tensor y = record(() -> x.times(x));
    record(() -> y.times(3)).backward();
    assertValues(x.getGrad(), 0, 6, 12, 18);
  }

  private static void onAnotherThread(Runnable action) throws InterruptedException {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread thread = new Thread(action);
    thread.setUncaughtExceptionHandler((where, e) -> failure.set(e));
    thread.start();
    thread.join();
    assertNull(failure.get());
  }

  @Test
  @Holds("4")
  void backwardOnAnotherThread() throws InterruptedException {
    Tensor x = x4();
    Tensor y = record(() -> x.times(x));
    onAnotherThread(() -> y.backward(head()));
    assertValues(x.getGrad(), 0, 2, .4, .06);
  }

  @Test
  @Holds("4")
  void oneGraphFromTwoThreads() throws InterruptedException {
    Tensor x = x4();
    AtomicReference<@Nullable Tensor> elsewhere = new AtomicReference<>();
    onAnotherThread(() -> elsewhere.set(record(() -> x.times(x))));
    Tensor y = elsewhere.get();
    record(() -> y == null ? x : y.times(3)).backward();
    assertValues(x.getGrad(), 0, 6, 12, 18);
  }

  @Test
  @Holds("4")
  void aSecondBackwardIsRefusedUnlessTheGraphWasRetained() {
    Tensor x = x4();
    Tensor y = record(() -> x.times(x));
    y.backward(null, true);
    y.backward(null, true);
    y.backward(head());
    assertRefused("retainGraph", y::backward);
    assertValues(x.getGrad(), 0, 2, .4, .06);
    assertValues(y, 0, 1, 4, 9);
  }

  @Test
  @Holds("4")
  void theWholeAncestorGraphIsFreed() {
    Tensor x = x4();
    List<Tensor> chain =
        autograd.record(
            () -> {
              Tensor y = x.times(x);
              return List.of(y, y.plus(x));
            });
    chain.get(1).backward();
    assertRefused("retainGraph", chain.get(0)::backward);

    List<Tensor> siblings =
        autograd.record(
            () -> {
              Tensor h = x.times(x);
              return List.of(h.times(2), h.times(3));
            });
    siblings.get(0).backward();
    assertRefused("retainGraph", siblings.get(1)::backward);
    assertValues(x.getGrad(), 0, 4, 8, 12);
    assertValues(siblings.get(1), 0, 3, 12, 27);
  }

  @Test
  @Holds("4")
  void graphsThatShareOnlyTheLeafAreIndependent() {
    Tensor x = x4();
    List<Tensor> graphs = autograd.record(() -> List.of(x.times(2), x.times(x)));
    graphs.get(0).backward();
    graphs.get(1).backward();
    assertValues(x.getGrad(), 0, 2, 4, 6);
  }

  @Test
  @Holds("4")
  void anArrayWhoseGraphIsFreedIsAConstantInANewOne() {
    Tensor x = x4();
    Tensor y = record(() -> x.times(x));
    y.backward();
    record(() -> y.times(x)).backward();
    assertValues(x.getGrad(), 0, 1, 4, 9);
  }

  @Test
  @Holds("4")
  void aLongChain() {
    Tensor x = x4();
    record(
            () -> {
              Tensor y = x;
              for (int i = 0; i < 5000; i++) {
                y = y.plus(1);
              }
              return y;
            })
        .backward(head());
    assertValues(x.getGrad(), 10, 1, .1, .01);
  }
}
