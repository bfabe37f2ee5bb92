package dev.headgrad.tape;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterServer;
import ai.djl.training.optimizer.Optimizer;
import dev.headgrad.tape.kernel.VectorApi;
import dev.headgrad.tape.op.Sampling;
import org.jspecify.annotations.Nullable;

/** JavaTape: a DJL engine in pure Java. It needs no native library and runs wherever a JVM does. */
public final class TapeEngine extends Engine {

  /** What {@link Engine#getEngine(String)} knows it by. */
  public static final String NAME = "JavaTape";

  /**
   * The capability to compute with the Vector API: the JVM was started with {@code --add-modules
   * jdk.incubator.vector}, and compiles it to vector instructions.
   */
  public static final String VECTOR_API = "VECTOR_API";

  /** Behind the native engines that train, before those that only infer. */
  static final int RANK = 8;

  TapeEngine() {}

  @Override
  public @Nullable Engine getAlternativeEngine() {
    return null;
  }

  @Override
  public String getEngineName() {
    return NAME;
  }

  @Override
  public int getRank() {
    return RANK;
  }

  @Override
  public String getVersion() {
    String version = TapeEngine.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** Knows {@link #VECTOR_API}, and none of DJL's standard capabilities. */
  @Override
  public boolean hasCapability(String capability) {
    return capability.equals(VECTOR_API) && VectorApi.IS_USED;
  }

  @Override
  public Model newModel(String name, @Nullable Device device) {
    return TapeModel.of(name, device == null ? defaultDevice() : device);
  }

  @Override
  public NDManager newBaseManager() {
    return newBaseManager(null);
  }

  @Override
  public NDManager newBaseManager(@Nullable Device device) {
    return TapeNDManager.system().newSubManager(device == null ? defaultDevice() : device);
  }

  @Override
  public void setRandomSeed(int seed) {
    super.setRandomSeed(seed);
    Sampling.seed(seed);
  }

  @Override
  public ParameterServer newParameterServer(Optimizer optimizer) {
    return new TapeParameterServer(optimizer);
  }

  @Override
  public GradientCollector newGradientCollector() {
    return new TapeGradientCollector();
  }
}
