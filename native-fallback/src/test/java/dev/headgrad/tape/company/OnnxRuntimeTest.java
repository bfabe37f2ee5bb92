package dev.headgrad.tape.company;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.Batchifier;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ONNX Runtime runs a model, and JavaTape everything around it: ONNX Runtime's engine has no
 * operations on arrays, and the class path has neither MXNet nor PyTorch.
 */
@Tag("company")
class OnnxRuntimeTest {

  private static final float[][] WEIGHTS = {{1, -1, .5f}, {2, .5f, -1}};
  private static final float[] BIAS = {.25f, .5f, 1};

  private static Path file = Path.of("");

  @BeforeAll
  static void writeModel(@TempDir Path folder) throws Exception {
    file = folder.resolve("dense.onnx");
    Files.write(file, OnnxModel.dense(WEIGHTS, BIAS));
  }

  private static <I, O> ZooModel<I, O> load(Class<I> in, Class<O> out, Translator<I, O> translator)
      throws Exception {
    return Criteria.builder()
        .setTypes(in, out)
        .optModelPath(file)
        .optEngine("OnnxRuntime")
        .optTranslator(translator)
        .build()
        .loadModel();
  }

  private static float[] expected(float... x) {
    float[] y = new float[BIAS.length];
    for (int j = 0; j < y.length; j++) {
      y[j] = Math.max(0, x[0] * WEIGHTS[0][j] + x[1] * WEIGHTS[1][j] + BIAS[j]);
    }
    return y;
  }

  @Test
  void javaTapeIsItsAlternativeEngine() {
    assertFalse(Engine.hasEngine("MXNet"));
    assertFalse(Engine.hasEngine("PyTorch"));
    Engine onnx = Engine.getEngine("OnnxRuntime");
    assertEquals("JavaTape", onnx.getAlternativeEngine().getEngineName());
    try (NDManager manager = onnx.newBaseManager()) {
      NDArray x = manager.create(new float[] {3, 1, 2});
      assertArrayEquals(new float[] {1, 2, 3}, x.sort().toFloatArray());
      assertArrayEquals(new float[] {9, 1, 4}, x.square().toFloatArray());
      assertEquals(1, x.argMin().getLong());
      assertArrayEquals(new float[] {3, 2}, x.get(x.gt(1)).toFloatArray());
    }
  }

  @Test
  void arraysOfJavaTapeGoInAndComeOut() throws Exception {
    try (ZooModel<NDList, NDList> model =
            load(NDList.class, NDList.class, new NoopTranslator(null));
        Predictor<NDList, NDList> predictor = model.newPredictor();
        NDManager manager = NDManager.newBaseManager("JavaTape")) {
      NDArray x = manager.create(new float[] {1, 2, 3, -1}, new Shape(2, 2));
      NDArray y = predictor.predict(new NDList(x)).singletonOrThrow();
      assertEquals(new Shape(2, 3), y.getShape());
      NDArray onTape = manager.from(y);
      assertEquals("JavaTape", onTape.getManager().getEngine().getEngineName());
      assertArrayEquals(expected(1, 2), onTape.get(0).toFloatArray(), 1e-6f);
      assertArrayEquals(expected(3, -1), onTape.get(1).toFloatArray(), 1e-6f);
    }
  }

  /** Standardizes points before the model sees them, and names the likeliest class afterwards. */
  private static final class PointTranslator implements Translator<float[], Classifications> {
    @Override
    public NDList processInput(TranslatorContext context, float[] point) {
      NDArray x = context.getNDManager().create(point);
      return new NDList(x.sub(1).div(2));
    }

    @Override
    public Classifications processOutput(TranslatorContext context, NDList list) {
      return new Classifications(List.of("a", "b", "c"), list.singletonOrThrow().softmax(0));
    }

    @Override
    public Batchifier getBatchifier() {
      return Batchifier.STACK;
    }
  }

  @Test
  void aTranslatorPreparesAndReadsArraysInBatches() throws Exception {
    try (ZooModel<float[], Classifications> model =
            load(float[].class, Classifications.class, new PointTranslator());
        Predictor<float[], Classifications> predictor = model.newPredictor()) {
      List<float[]> points =
          List.of(new float[] {3, 5}, new float[] {1, -3}, new float[] {-3, 1}, new float[] {1, 1});
      List<Classifications> together = predictor.batchPredict(points);
      assertEquals(points.size(), together.size());
      for (int i = 0; i < points.size(); i++) {
        float[] point = points.get(i);
        float[] y = expected((point[0] - 1) / 2, (point[1] - 1) / 2);
        double sum = 0;
        int best = 0;
        for (int j = 0; j < y.length; j++) {
          sum += Math.exp(y[j]);
          best = y[j] > y[best] ? j : best;
        }
        Classifications alone = predictor.predict(point);
        assertEquals(List.of("a", "b", "c").get(best), alone.best().getClassName());
        assertEquals(Math.exp(y[best]) / sum, alone.best().getProbability(), 1e-6);
        assertEquals(alone.best().getProbability(), together.get(i).best().getProbability(), 1e-6);
      }
    }
  }

  @Test
  void modelsOfJavaTapeRunBesideIt() throws Exception {
    try (ZooModel<float[], Classifications> onnx =
            load(float[].class, Classifications.class, new PointTranslator());
        Model own = Model.newInstance("dense", "JavaTape");
        NDManager manager = own.getNDManager().newSubManager()) {
      assertEquals("OnnxRuntime", onnx.getNDManager().getEngine().getEngineName());
      NDArray w = manager.create(WEIGHTS);
      w.setRequiresGradient(true);
      try (var collector = Engine.getEngine("JavaTape").newGradientCollector()) {
        collector.backward(manager.create(new float[] {1, 2}, new Shape(1, 2)).matMul(w).sum());
      }
      float[] gradient = w.getGradient().toFloatArray();
      assertArrayEquals(new float[] {1, 1, 1, 2, 2, 2}, gradient);
      assertThrows(
          UnsupportedOperationException.class,
          () -> Engine.getEngine("OnnxRuntime").newGradientCollector());
    }
  }
}
