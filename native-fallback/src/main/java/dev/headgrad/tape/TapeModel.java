package dev.headgrad.tape;

import ai.djl.BaseModel;
import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.Pair;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A model of the JavaTape engine: a block set by the program, with parameters in DJL's format. */
public final class TapeModel extends BaseModel {

  TapeModel(String name, Device device) {
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

  @Override
  public Trainer newTrainer(TrainingConfig config) {
    if (block == null) {
      throw new IllegalStateException(
          "You must set a block for the model before creating a new trainer");
    }
    for (Pair<Initializer, Predicate<Parameter>> pair : config.getInitializers()) {
      if (pair.getKey() != null && pair.getValue() != null) {
        block.setInitializer(pair.getKey(), pair.getValue());
      }
    }
    return new Trainer(this, config);
  }
}
