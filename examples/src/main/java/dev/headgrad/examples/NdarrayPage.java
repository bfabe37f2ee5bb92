package dev.headgrad.examples;

import dev.headgrad.MX;
import dev.headgrad.Nd;
import dev.headgrad.Slice;
import dev.headgrad.Tensor;
import dev.headgrad.print.NumpyFormat;
import java.util.List;

/** The crash course's page on manipulating data with ndarray. */
final class NdarrayPage implements Example {

  @Override
  public void run(MX mx, Python out) {
    Nd nd = mx.nd();
    Tensor x = nd.arange(12);
    out.print(x, Python.shape(x), x.size());
    Tensor grid = x.reshape(3, 4);
    out.print(grid, Python.shape(x.reshape(3, -1)), Python.shape(x.reshape(-1, 4)));
    out.print(nd.zeros(2, 3, 4), nd.ones(2, 3, 4));
    Tensor other = nd.array(new float[][] {{2, 1, 4, 3}, {1, 2, 3, 4}, {4, 3, 2, 1}});
    out.print(other);
    out.print(grid.plus(other), grid.times(other), grid.div(other), other.exp());
    out.print(nd.dot(grid, other.T()));
    out.print(nd.concat(List.of(grid, other), 0), nd.concat(List.of(grid, other), 1));
    out.print(grid.eq(other), grid.sum(), Python.scalar(grid.norm()));

    Tensor column = nd.arange(3).reshape(3, 1);
    Tensor row = nd.arange(2).reshape(1, 2);
    out.print(column, row, column.plus(row));

    out.print(
        grid.get(Slice.of(1, 3)),
        grid.get(1),
        grid.get(Slice.ALL, Slice.of(1, 3)),
        grid.get(Slice.of(1, 2), Slice.ALL));
    grid.set(1, 2, 9);
    out.print(grid);
    grid.set(Slice.of(0, 2), Slice.ALL, 12);
    out.print(grid);

    Tensor sum = other.zerosLike();
    sum.set(Slice.ALL, grid.plus(other));
    out.print(sum);
    Tensor one = nd.array(3.5f);
    out.print(NumpyFormat.list(sum.ndarray()), Python.scalar(one), (int) one.asScalar());
    out.print(grid.max(), grid.argmax(1), grid.mean(0), grid.T());
  }
}
