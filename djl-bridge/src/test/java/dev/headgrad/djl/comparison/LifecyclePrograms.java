package dev.headgrad.djl.comparison;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Who owns an array and for how long, and what DJL's collector does: as yes and no. */
final class LifecyclePrograms {

  private LifecyclePrograms() {}

  static List<Family> families() {
    return List.of(ownership(), collector());
  }

  /** The answers to questions, one after the other. */
  private static final class Answers {
    private final List<Boolean> answers = new ArrayList<>();

    void add(boolean answer) {
      answers.add(answer);
    }

    /** Whether something is refused with an exception of a class. */
    void refused(Class<? extends Exception> expected, Callable<?> body) {
      try {
        body.call();
        answers.add(false);
      } catch (Exception e) {
        answers.add(expected.isInstance(e));
      }
    }

    NDArray on(NDManager m) {
      boolean[] values = new boolean[answers.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = answers.get(i);
      }
      return m.create(values);
    }
  }

  private interface Questions {
    void ask(NDManager m, Answers answers);
  }

  private static void ask(Family family, String name, Questions questions) {
    family.add(
        name,
        m -> {
          Answers answers = new Answers();
          questions.ask(m, answers);
          return answers.on(m);
        });
  }

  private static Family ownership() {
    Family family = new Family("ownership");
    ask(
        family,
        "a closed manager closes what it owns",
        (m, is) -> {
          NDArray x;
          NDArray kept;
          NDManager inner;
          try (NDManager outer = m.newSubManager()) {
            inner = outer.newSubManager();
            x = inner.create(new float[] {1, 2});
            kept = outer.create(1f);
            kept.attach(m);
            is.add(inner.isOpen());
            is.add(inner.getParentManager() == outer);
          }
          is.add(x.isReleased());
          is.add(kept.isReleased());
          is.add(inner.isOpen());
          is.refused(IllegalStateException.class, x::toFloatArray);
          is.refused(IllegalStateException.class, () -> x.add(1));
        });
    ask(
        family,
        "results belong to the manager of their first operand",
        (m, is) -> {
          NDManager sub = m.newSubManager();
          NDArray a = m.create(1f);
          NDArray b = sub.create(2f);
          is.add(a.add(b).getManager() == m);
          is.add(b.add(a).getManager() == sub);
          is.add(b.get(new ai.djl.ndarray.index.NDIndex()).getManager() == sub);
          is.add(b.reshape(1).getManager() == sub);
          is.add(sub.from(a) == a);
          sub.close();
        });
    ask(
        family,
        "attach and detach",
        (m, is) -> {
          NDManager sub = m.newSubManager();
          NDArray x = sub.create(1f);
          NDArray y = sub.create(1f);
          x.attach(m);
          y.detach();
          is.add(x.getManager() == m);
          sub.close();
          is.add(x.isReleased());
          is.add(y.isReleased());
          is.add(y.getManager().getName().isEmpty());
          y.close();
          is.add(y.isReleased());
        });
    ask(
        family,
        "a temporary attachment ends with its manager",
        (m, is) -> {
          NDArray x = m.create(1f);
          NDArray y = m.create(1f);
          NDArray moved = m.create(1f);
          NDManager target = m.newSubManager();
          try (NDManager sub = m.newSubManager()) {
            x.tempAttach(sub);
            sub.tempAttachAll(new NDList(y), moved);
            is.add(x.getManager() == sub);
            moved.attach(target);
          }
          is.add(x.getManager() == m);
          is.add(y.getManager() == m);
          is.add(moved.getManager() == target);
          is.add(x.isReleased());
        });
    ask(
        family,
        "a capped manager takes nothing in",
        (m, is) -> {
          NDManager sub = m.newSubManager();
          NDArray x = sub.create(1f);
          sub.cap();
          is.refused(IllegalStateException.class, () -> sub.create(1f));
          is.refused(IllegalStateException.class, () -> x.add(1));
          is.add(x.isReleased());
          is.add(sub.newSubManager().isOpen());
          sub.close();
          is.add(x.isReleased());
        });
    ask(
        family,
        "a closed manager makes nothing",
        (m, is) -> {
          NDManager sub = m.newSubManager();
          sub.close();
          sub.close();
          is.refused(IllegalStateException.class, () -> sub.create(1f));
          is.add(sub.isOpen());
        });
    ask(
        family,
        "a scope closes what was made in it",
        (m, is) -> {
          NDArray before = m.create(1f);
          NDArray inside;
          NDArray result;
          NDArray detached;
          NDArray unregistered;
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            inside = m.create(1f);
            result = inside.add(before);
            detached = m.create(2f);
            detached.detach();
            unregistered = m.create(3f);
            NDScope.unregister(unregistered);
          }
          is.add(before.isReleased());
          is.add(inside.isReleased());
          is.add(result.isReleased());
          is.add(detached.isReleased());
          is.add(unregistered.isReleased());
          detached.close();
        });
    ask(
        family,
        "lists",
        (m, is) -> {
          NDManager sub = m.newSubManager();
          NDList list = new NDList(sub.create(1f), sub.create(2f));
          list.attach(m);
          sub.close();
          NDArray x = list.get(1);
          is.add(x.isReleased());
          list.detach();
          list.close();
          is.add(x.isReleased());
        });
    ask(
        family,
        "ret gives a result to the caller's manager",
        (m, is) -> {
          NDArray x;
          try (NDManager sub = m.newSubManager()) {
            x = m.ret(sub.create(1f));
          }
          is.add(x.isReleased());
          is.add(x.getManager() == m);
        });
    ask(
        family,
        "names and managed arrays",
        (m, is) -> {
          NDManager sub = m.newSubManager();
          sub.setName("mine");
          NDArray x = sub.create(1f);
          is.add(sub.getName().equals("mine"));
          is.add(sub.getManagedArrays().contains(x));
          is.add(x.getName() == null);
          x.setName("x");
          is.add(x.getName().equals("x"));
          is.add(x.getUid().equals(sub.create(1f).getUid()));
          is.add(x.equals(sub.create(1f)));
          is.add(x.equals(sub.create(2f)));
          x.close();
          x.close();
          is.add(x.isReleased());
          sub.close();
        });
    ask(
        family,
        "system managers are not closed",
        (m, is) -> {
          NDArray x = m.create(1f);
          x.detach();
          is.refused(
              IllegalStateException.class,
              () -> {
                x.getManager().close();
                return x;
              });
          x.close();
        });
    return family;
  }

  private static void collect(NDManager m, Consumer<GradientCollector> body) {
    try (GradientCollector collector = m.getEngine().newGradientCollector()) {
      body.accept(collector);
    }
  }

  private static NDArray variable(NDManager m) {
    NDArray x = m.create(new float[] {1, 2, 3});
    x.setRequiresGradient(true);
    return x;
  }

  private static Family collector() {
    Family family = new Family("collector");
    family
        .add(
            "one backward",
            m -> {
              NDArray x = variable(m);
              collect(m, c -> c.backward(x.square().sum()));
              return x.getGradient();
            })
        .add(
            "a backward of an array is that of its sum",
            m -> {
              NDArray x = variable(m);
              collect(m, c -> c.backward(x.mul(3)));
              return x.getGradient();
            })
        .add(
            "two backwards within a collector",
            m -> {
              NDArray x = variable(m);
              collect(
                  m,
                  c -> {
                    c.backward(x.square().sum());
                    c.backward(x.mul(10).sum());
                  });
              return x.getGradient();
            })
        .add(
            "the next collector",
            m -> {
              NDArray x = variable(m);
              collect(m, c -> c.backward(x.square().sum()));
              collect(m, c -> c.backward(x.mul(10).sum()));
              return x.getGradient();
            })
        .add(
            "zeroGradients",
            m -> {
              NDArray x = variable(m);
              collect(
                  m,
                  c -> {
                    c.backward(x.square().sum());
                    c.zeroGradients();
                  });
              return x.getGradient();
            })
        .add(
            "stopGradient",
            m -> {
              NDArray x = variable(m);
              collect(m, c -> c.backward(x.stopGradient().mul(x).sum()));
              return x.getGradient();
            })
        .add(
            "scaleGradient",
            m -> {
              NDArray x = variable(m);
              collect(m, c -> c.backward(x.scaleGradient(.25).mul(x).sum()));
              return x.getGradient();
            })
        .addList(
            "two variables, broadcast",
            m -> {
              NDArray x = variable(m);
              NDArray b = m.create(2f);
              b.setRequiresGradient(true);
              collect(m, c -> c.backward(x.mul(b).sum()));
              return new NDList(x.getGradient(), b.getGradient());
            })
        .add(
            "a variable no more",
            m -> {
              NDArray x = variable(m);
              NDArray w = variable(m);
              w.setRequiresGradient(false);
              collect(m, c -> c.backward(x.mul(w).sum()));
              return m.create(w.hasGradient());
            })
        .add(
            "dtype of gradients",
            m -> {
              NDArray x = m.create(new double[] {1, 2});
              x.setRequiresGradient(true);
              collect(m, c -> c.backward(x.exp().sum()));
              return x.getGradient();
            });
    ask(
        family,
        "hasGradient",
        (m, is) -> {
          NDArray x = variable(m);
          NDArray y = m.ones(new Shape(3), DataType.FLOAT32);
          is.add(x.hasGradient());
          is.add(y.hasGradient());
          is.refused(IllegalStateException.class, y::getGradient);
        });
    ask(
        family,
        "a second collector on this thread",
        (m, is) ->
            collect(
                m,
                c ->
                    is.refused(
                        IllegalStateException.class, () -> m.getEngine().newGradientCollector())));
    return family;
  }
}
