package dev.headgrad.tape.op;

import ai.djl.ndarray.types.DataType;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Elements;
import dev.headgrad.tape.core.Node;
import dev.headgrad.tape.core.NonDifferentiable;
import dev.headgrad.tape.core.UnaryOp;

/** Copies and dtypes. */
public final class Casting {

  private Casting() {}

  private static final class Cast extends UnaryOp {
    private final DataType type;

    Cast(DataType type) {
      super("cast", Keeps.NOTHING);
      this.type = type;
    }

    @Override
    protected DenseArray forward(DenseArray x) {
      DenseArray y = DenseArray.dirty(type, x.dims());
      Elements.write(x, y);
      return y;
    }

    @Override
    protected DenseArray gradient(Node node, DenseArray head) {
      return cast(head, node.inputType(0));
    }
  }

  private static final UnaryOp COPY =
      new UnaryOp("copy", UnaryOp.Keeps.NOTHING) {
        @Override
        protected DenseArray forward(DenseArray x) {
          return Elements.copy(x);
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return head;
        }
      };

  private static final UnaryOp ALIAS =
      new UnaryOp("alias", UnaryOp.Keeps.NOTHING) {
        @Override
        protected DenseArray forward(DenseArray x) {
          return x.detached();
        }

        @Override
        protected DenseArray gradient(Node node, DenseArray head) {
          return head;
        }
      };

  private static final NonDifferentiable STOP =
      new NonDifferentiable("stopGradient") {
        @Override
        protected DenseArray[] forward(DenseArray[] inputs) {
          return new DenseArray[] {inputs[0].detached()};
        }
      };

  /** x in another dtype; x itself if it has it already. */
  public static DenseArray cast(DenseArray x, DataType type) {
    return x.type() == type ? x : new Cast(type).apply(x);
  }

  /** A copy with memory of its own. */
  public static DenseArray copy(DenseArray x) {
    return COPY.apply(x);
  }

  /** The same memory and layout, as another array; a view. */
  public static DenseArray alias(DenseArray x) {
    return ALIAS.apply(x);
  }

  /** The same memory, as something that no gradient flows through. */
  public static DenseArray stopGradient(DenseArray x) {
    return STOP.apply(x)[0];
  }
}
