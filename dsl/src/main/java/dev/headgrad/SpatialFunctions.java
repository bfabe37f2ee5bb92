package dev.headgrad;

import ai.djl.ndarray.types.Shape;

/** Sampling images at places that are computed: part of {@link Nd}. */
public sealed interface SpatialFunctions permits Nd {

  /**
   * Images sampled between their pixels; 0 outside of them.
   *
   * @param data (n, channels, height, width)
   * @param grid (n, 2, rows, columns): x and y of each sample, from -1 to 1
   * @return (n, channels, rows, columns)
   */
  default Tensor bilinearSampler(Tensor data, Tensor grid) {
    if (data.ndim() != 4
        || grid.ndim() != 4
        || grid.shape(1) != 2
        || grid.shape(0) != data.shape(0)) {
      throw new IllegalArgumentException(
          "a sampler of shape "
              + Shapes.text(data.shape())
              + " needs a grid of shape ("
              + data.shape(0)
              + ", 2, rows, columns), not "
              + Shapes.text(grid.shape()));
    }
    return data.with(grid, Sampling::bilinear);
  }

  /** {@link #gridGenerator(Tensor, String, long...)} of a flow. */
  default Tensor gridGenerator(Tensor data, String transformType) {
    return gridGenerator(data, transformType, data.shape(2), data.shape(3));
  }

  /**
   * A grid to sample at.
   *
   * @param data for {@code affine}, two rows of three numbers for each image: (n, 6); for {@code
   *     warp}, how many pixels each sample is moved: (n, 2, rows, columns)
   * @param transformType {@code affine} or {@code warp}
   * @param targetShape rows and columns
   */
  default Tensor gridGenerator(Tensor data, String transformType, long... targetShape) {
    int rows = (int) targetShape[0];
    int columns = (int) targetShape[targetShape.length - 1];
    Nd nd = data.mx().nd();
    switch (transformType) {
      case "affine":
        double[] places = new double[3 * rows * columns];
        for (int i = 0; i < rows * columns; i++) {
          places[i] = -1 + i % columns * 2.0 / (columns - 1);
          places[rows * columns + i] = -1 + i / columns * 2.0 / (rows - 1);
          places[2 * rows * columns + i] = 1;
        }
        Tensor target = nd.array(places, data.dtype()).reshape(3, -1);
        return nd.dot(data.reshape(-1, 2, 3), target).reshape(data.shape(0), 2, rows, columns);
      case "warp":
        Tensor x = nd.arange(columns).astype(data.dtype()).reshape(1, 1, columns);
        Tensor y = nd.arange(rows).astype(data.dtype()).reshape(1, rows, 1);
        Tensor moved = data.get(Slice.ALL, 0).plus(x).times(2.0 / (columns - 1)).minus(1);
        Tensor lowered = data.get(Slice.ALL, 1).plus(y).times(2.0 / (rows - 1)).minus(1);
        return nd.stack(java.util.List.of(moved, lowered), 1);
      default:
        throw new IllegalArgumentException(
            "there is no transformation " + transformType + "; affine and warp are");
    }
  }

  /**
   * Images sampled at the grid of an affine transformation (Jaderberg et al., 2015).
   *
   * @param loc two rows of three numbers for each image: (n, 6)
   * @param targetShape rows and columns of the result
   */
  default Tensor spatialTransformer(Tensor data, Tensor loc, long... targetShape) {
    return bilinearSampler(data, gridGenerator(loc, "affine", targetShape));
  }

  /**
   * The largest pixels in the parts of regions.
   *
   * @param data (n, channels, height, width)
   * @param rois a region in each row: the image, left, top, right and bottom, both included
   * @param pooledSize into how many rows and columns a region is divided
   * @param spatialScale what the coordinates of a region are multiplied with
   * @return (regions, channels, rows, columns)
   */
  default Tensor roiPooling(Tensor data, Tensor rois, long[] pooledSize, double spatialScale) {
    double[] regions = rois.toDoubleArray();
    Shape result =
        new Shape(rois.shape(0), data.shape(1), pooledSize[0], pooledSize[pooledSize.length - 1]);
    return data.map(x -> Sampling.largest(x, regions, result, spatialScale));
  }
}
