package dev.headgrad.tape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;

/** Images and boxes. */
abstract class ExVision extends ExNeural {

  ExVision(TapeNDArray array) {
    super(array);
  }

  @Override
  public NDArray interpolation(long[] size, int mode, boolean alignCorners) {
    throw ArrayResource.unsupported("interpolation");
  }

  @Override
  public NDArray resize(int width, int height, int interpolation) {
    throw ArrayResource.unsupported("resize");
  }

  @Override
  public NDArray randomFlipLeftRight() {
    throw ArrayResource.unsupported("randomFlipLeftRight");
  }

  @Override
  public NDArray randomFlipTopBottom() {
    throw ArrayResource.unsupported("randomFlipTopBottom");
  }

  @Override
  public NDArray randomBrightness(float brightness) {
    throw ArrayResource.unsupported("randomBrightness");
  }

  @Override
  public NDArray randomHue(float hue) {
    throw ArrayResource.unsupported("randomHue");
  }

  @Override
  public NDArray randomColorJitter(float brightness, float contrast, float saturation, float hue) {
    throw ArrayResource.unsupported("randomColorJitter");
  }

  @Override
  public NDList multiBoxTarget(
      NDList inputs,
      float iouThreshold,
      float ignoreLabel,
      float negativeMiningRatio,
      float negativeMiningThreshold,
      int minNegativeSamples) {
    throw ArrayResource.unsupported("multiBoxTarget");
  }

  @Override
  public NDList multiBoxPrior(
      List<Float> sizes, List<Float> ratios, List<Float> steps, List<Float> offsets, boolean clip) {
    throw ArrayResource.unsupported("multiBoxPrior");
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
    throw ArrayResource.unsupported("multiBoxDetection");
  }
}
