package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.op.Boxes;
import dev.headgrad.tape.op.Images;
import dev.headgrad.tape.op.Shapes;
import java.util.List;

/** Images and boxes. */
abstract class ExVision extends ExNeural {

  ExVision(TapeNDArray array) {
    super(array);
  }

  @Override
  public NDArray interpolation(long[] size, int mode, boolean alignCorners) {
    return array.wrap(
        Images.resize(
            array.array(),
            Math.toIntExact(size[0]),
            Math.toIntExact(size[1]),
            Images.Mode.of(mode),
            alignCorners));
  }

  @Override
  public NDArray resize(int width, int height, int interpolation) {
    DenseArray image = array.array();
    int last = image.rank() - 1; // (height, width, channels), or many of them
    int[] toPlanes = Dims.all(image.rank());
    toPlanes[last - 2] = last;
    toPlanes[last - 1] = last - 2;
    toPlanes[last] = last - 1;
    int[] back = Dims.all(image.rank());
    back[last - 2] = last - 1;
    back[last - 1] = last;
    back[last] = last - 2;
    DenseArray planes = Shapes.transpose(image, toPlanes);
    DenseArray resized = Images.resize(planes, height, width, Images.Mode.of(interpolation), false);
    return image(Shapes.transpose(resized, back));
  }

  /** Computed colours in the dtype of this image. */
  private TapeNDArray image(DenseArray colours) {
    return array.wrap(Images.saturated(colours, array.array().type()));
  }

  @Override
  public NDArray randomFlipLeftRight() {
    return array.wrap(Images.randomFlip(array.array(), -2));
  }

  @Override
  public NDArray randomFlipTopBottom() {
    return array.wrap(Images.randomFlip(array.array(), -3));
  }

  @Override
  public NDArray randomBrightness(float brightness) {
    return image(Images.randomBrightness(array.array(), brightness));
  }

  @Override
  public NDArray randomHue(float hue) {
    return image(Images.randomHue(array.array(), hue));
  }

  @Override
  public NDArray randomColorJitter(float brightness, float contrast, float saturation, float hue) {
    DenseArray image = Images.randomBrightness(array.array(), brightness);
    image = Images.randomContrast(image, contrast);
    image = Images.randomSaturation(image, saturation);
    return image(Images.randomHue(image, hue));
  }

  @Override
  public NDList multiBoxTarget(
      NDList inputs,
      float iouThreshold,
      float ignoreLabel,
      float negativeMiningRatio,
      float negativeMiningThreshold,
      int minNegativeSamples) {
    DenseArray[] targets =
        Boxes.target(
            array.arrayOf(inputs.get(0)),
            array.arrayOf(inputs.get(1)),
            array.arrayOf(inputs.get(2)),
            iouThreshold,
            ignoreLabel,
            negativeMiningRatio,
            negativeMiningThreshold,
            minNegativeSamples);
    return new NDList(array.wrap(targets[0]), array.wrap(targets[1]), array.wrap(targets[2]));
  }

  @Override
  public NDList multiBoxPrior(
      List<Float> sizes, List<Float> ratios, List<Float> steps, List<Float> offsets, boolean clip) {
    return new NDList(
        array.wrap(
            Boxes.prior(
                array.array(),
                floats(sizes),
                floats(ratios),
                floats(steps),
                floats(offsets),
                clip)));
  }

  @Override
  public NDList multiBoxDetection(
      NDList inputs,
      boolean clip,
      float threshold,
      int backgroundId,
      float nmsThreshold,
      boolean forceSuppress,
      int nmsTopK) {
    return new NDList(
        array.wrap(
            Boxes.detection(
                array.arrayOf(inputs.get(0)),
                array.arrayOf(inputs.get(1)),
                array.arrayOf(inputs.get(2)),
                clip,
                threshold,
                backgroundId,
                nmsThreshold,
                forceSuppress,
                nmsTopK)));
  }

  private static float[] floats(List<Float> numbers) {
    float[] out = new float[numbers.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = numbers.get(i);
    }
    return out;
  }
}
