package dev.headgrad.tape;

import ai.djl.BaseModel;
import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.Pair;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A model of the JavaTape engine: a block set by the program, with parameters in DJL's format. */
public final class TapeModel extends BaseModel {

  /** A model without a block. Its type is said here, so that the engine starts without it. */
  static Model of(String name, Device device) {
    return new TapeModel(name, device);
  }

  private TapeModel(String name, Device device) {
    super(name);
    dataType = DataType.FLOAT32;
    manager = TapeNDManager.system().newSubManager(device);
    manager.setName("tapeModel");
  }

  /**
   * Loads the parameters of the block, which must have been set, from a file that {@link
   * ai.djl.Model#save} wrote on any engine.
   *
   * @param prefix the file's name up to {@code -0000.params}; null for the model's name, and then
   *     the folder's
   * @throws FileNotFoundException if there is no such file, or no block is set
   * @throws MalformedModelException if the file is not in DJL's format, or does not fit the block
   */
  @Override
  public void load(Path modelPath, @Nullable String prefix, @Nullable Map<String, ?> options)
      throws IOException, MalformedModelException {
    setModelDir(modelPath);
    wasLoaded = true;
    String name = prefix == null ? modelName : prefix;
    boolean hasParameter =
        options == null
            || options.get("hasParameter") == null
            || Boolean.parseBoolean((String) options.get("hasParameter"));
    if (block == null) {
      throw new FileNotFoundException(
          "no model file in "
              + modelDir
              + " that JavaTape could read: it runs imperative models only, whose block is set with"
              + " model.setBlock(block) before their parameters are loaded");
    }
    if (!hasParameter) {
      return;
    }
    Path file = paramPathResolver(name, options);
    if (file == null) {
      String folder = modelDir.toFile().getName();
      file = paramPathResolver(folder, options);
    }
    if (file == null) {
      throw new FileNotFoundException(
          "no parameter file " + name + "-0000.params (or of another epoch) in " + modelDir);
    }
    if (!readParameters(file, options)) {
      throw new MalformedModelException(
          file + " is not a parameter file in DJL's format, which is the one that JavaTape reads");
    }
  }

  /**
   * Loads the parameters of the block, which must have been set, from what {@link
   * ai.djl.Model#save} wrote on any engine.
   *
   * @throws IllegalStateException if no block is set
   * @throws MalformedModelException if the stream is not in DJL's format, or does not fit the block
   */
  @Override
  public void load(InputStream parameters, @Nullable Map<String, ?> options)
      throws IOException, MalformedModelException {
    requireBlock();
    wasLoaded = true;
    if (!readParameters(parameters, options)) {
      throw new MalformedModelException(
          "the stream does not hold parameters in DJL's format, which is the one that JavaTape"
              + " reads");
    }
  }

  /** Casts the floating-point parameters of the block, which must have been initialized. */
  @Override
  public void cast(DataType target) {
    for (Parameter parameter : requireBlock().getParameters().values()) {
      NDArray array = parameter.getArray();
      if (array.getDataType().isFloating()) {
        boolean trained = array.hasGradient();
        array.intern(array.toType(target, true));
        array.setRequiresGradient(trained);
      }
    }
    setDataType(target);
  }

  /** The files beside the parameters, relative to the model's folder. */
  @Override
  public String[] getArtifactNames() {
    try (Stream<Path> files = Files.walk(modelDir)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".params"))
          .map(file -> modelDir.relativize(file).toString())
          .sorted()
          .toArray(String[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException("the files of the model in " + modelDir, e);
    }
  }

  private Block requireBlock() {
    if (block == null) {
      throw new IllegalStateException(
          "model " + modelName + " has no block: set it with model.setBlock(block)");
    }
    return block;
  }

  @Override
  public Trainer newTrainer(TrainingConfig config) {
    Block trained = requireBlock();
    for (Pair<Initializer, Predicate<Parameter>> pair : config.getInitializers()) {
      if (pair.getKey() != null && pair.getValue() != null) {
        trained.setInitializer(pair.getKey(), pair.getValue());
      }
    }
    return new Trainer(this, config);
  }
}
