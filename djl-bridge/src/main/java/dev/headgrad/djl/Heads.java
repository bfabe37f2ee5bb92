package dev.headgrad.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backward starts from: recorded arrays and their head gradients, checked; null gradients
 * stand for ones.
 */
record Heads(List<NDArray> arrays, List<@Nullable NDArray> gradients) {

  /**
   * Heads and the gradients given for them.
   *
   * @param gradients one for each head, of its dtype and number of elements; null, or null entries,
   *     for ones
   */
  static Heads of(List<NDArray> heads, @Nullable List<@Nullable NDArray> gradients) {
    if (heads.isEmpty()) {
      throw Refusal.noHeads();
    }
    if (gradients == null) {
      return new Heads(heads, Arrays.asList(new @Nullable NDArray[heads.size()]));
    }
    if (gradients.size() != heads.size()) {
      throw Refusal.headCount(heads.size(), gradients.size());
    }
    for (int i = 0; i < heads.size(); i++) {
      NDArray head = heads.get(i);
      NDArray gradient = gradients.get(i);
      if (gradient == null) {
        continue;
      }
      if (gradient.size() != head.size()) {
        throw Refusal.headShape(gradient.getShape(), head.getShape());
      }
      if (gradient.getDataType() != head.getDataType()) {
        throw Refusal.headType(gradient.getDataType(), head.getDataType());
      }
    }
    return new Heads(heads, gradients);
  }

  /**
   * Gives each gradient the shape of its head, and each head one gradient: the sum of those given
   * for it.
   */
  Heads materialize(Temporaries temporaries) {
    if (arrays.size() == 1 && gradients.get(0) == null) {
      return this;
    }
    List<NDArray> heads = new ArrayList<>(arrays.size());
    List<@Nullable NDArray> sums = new ArrayList<>(arrays.size());
    for (int i = 0; i < arrays.size(); i++) {
      NDArray head = arrays.get(i);
      NDArray gradient = gradients.get(i);
      Shape shape = head.getShape();
      if (gradient != null && !gradient.getShape().equals(shape)) {
        gradient = temporaries.add(gradient.reshape(shape));
      }
      int first = indexOf(heads, head);
      if (first < 0) {
        heads.add(head);
        sums.add(gradient);
      } else {
        NDArray sum = sums.get(first);
        NDArray left = sum != null ? sum : temporaries.add(ones(head));
        NDArray right = gradient != null ? gradient : temporaries.add(ones(head));
        sums.set(first, temporaries.add(left.add(right)));
      }
    }
    return new Heads(heads, sums);
  }

  private static int indexOf(List<NDArray> heads, NDArray head) {
    for (int i = 0; i < heads.size(); i++) {
      if (heads.get(i) == head) {
        return i;
      }
    }
    return -1;
  }

  /** What null stands for: ones of the head's shape, dtype and device. */
  static NDArray ones(NDArray head) {
    return head.getManager().ones(head.getShape(), head.getDataType(), head.getDevice());
  }
}
