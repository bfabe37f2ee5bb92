package dev.headgrad.djl;

import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What any engine with a collector can do, tried on the ones there are, through DJL's API alone.
 */
class ProductTrickAutogradTest extends EngineTest {

  private final ProductTrickAutograd autograd = new ProductTrickAutograd(ENGINE);

  private NDArray variable() {
    NDArray x = array(0, 1, 2, 3);
    x.setRequiresGradient(true);
    return x;
  }

  @Test
  void aHeadGradient() {
    NDArray x = variable();
    autograd.setRecording(true);
    NDArray y = x.mul(x);
    List<NDArray> gradients =
        List.copyOf(
            autograd.grad(
                List.of(y), Collections.singletonList(head()), List.of(x), false, false, true));
    autograd.setRecording(false);
    assertValues(gradients.get(0), 0, 2, .4f, .06f);
  }

  @Test
  void severalHeadsAddUp() {
    NDArray x = variable();
    autograd.setRecording(true);
    NDArray y = x.mul(x);
    NDArray z = x.mul(2);
    List<NDArray> gradients =
        List.copyOf(
            autograd.grad(
                Arrays.asList(y, z), Arrays.asList(null, head()), List.of(x), false, false, true));
    autograd.setRecording(false);
    assertValues(gradients.get(0), 20, 4, 4.2f, 6.02f);
  }

  @Test
  void whatACollectorCannotDoIsRefused() {
    NDArray x = variable();
    assertThrows(
        AutogradException.class,
        () -> autograd.backward(List.of(x), Collections.singletonList(null), true, true));
  }
}
