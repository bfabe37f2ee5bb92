package dev.headgrad.tape;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDResource;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterServer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.NoopTranslator;
import ai.djl.util.PairList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Receivers and arguments that fit DJL's methods: by the types of the parameters, and where these
 * do not say enough, written out.
 */
final class FittingCalls extends WrittenCalls implements AutoCloseable {

  private final Model model = engine.newModel("fitting", null);
  private final Map<Class<?>, Object> arguments = new HashMap<>();

  FittingCalls(Path folder) throws Exception {
    model.setBlock(BatchNorm.builder().build());
    model.getBlock().initialize(manager, DataType.FLOAT32, new Shape(1, 3, 4, 4));
    model.save(folder, "fitting");
    Files.writeString(folder.resolve("synset.txt"), "cat");
    model.load(folder);
    addArguments();
    addArrays();
    LayerCalls.addTo(this);
    addManagers(folder);
    addModels(folder);
    addTraining();
  }

  /** Calls a method of an interface, named by its signature. */
  @Nullable Object call(Class<?> owner, String signature, Method method) throws Throwable {
    Call call = written(signature);
    if (call != null) {
      return call.run();
    }
    Class<?>[] types = method.getParameterTypes();
    Object[] values = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      values[i] = argument(types[i]);
      if (values[i] == null) {
        throw new IllegalArgumentException("no argument of " + types[i] + " for " + signature);
      }
    }
    return EveryMethodTest.invoke(receiver(owner), method, values);
  }

  private @Nullable Object argument(Class<?> type) {
    if (type == NDArray.class) {
      return matrix();
    } else if (type == Buffer.class) {
      return FloatBuffer.allocate(9);
    }
    return arguments.get(type);
  }

  private Object receiver(Class<?> owner) {
    if (owner == NDArray.class) {
      return matrix();
    } else if (owner == NDArrayEx.class) {
      return matrix().getNDArrayInternal();
    } else if (owner == NDManager.class) {
      return manager;
    } else if (owner == Engine.class) {
      return engine;
    }
    return model;
  }

  private void addArguments() {
    arguments.put(Number.class, 2);
    arguments.put(int.class, 1);
    arguments.put(Integer.class, 1);
    arguments.put(long.class, 1L);
    arguments.put(float.class, .5f);
    arguments.put(double.class, .5);
    arguments.put(byte.class, (byte) 1);
    arguments.put(boolean.class, true);
    arguments.put(int[].class, new int[] {1});
    arguments.put(long[].class, new long[] {1, 2});
    arguments.put(float[].class, new float[9]);
    arguments.put(double[].class, new double[9]);
    arguments.put(byte[].class, new byte[9]);
    arguments.put(boolean[].class, new boolean[9]);
    arguments.put(float[][].class, new float[2][3]);
    arguments.put(double[][].class, new double[2][3]);
    arguments.put(byte[][].class, new byte[2][3]);
    arguments.put(boolean[][].class, new boolean[2][3]);
    arguments.put(int[][].class, new int[2][3]);
    arguments.put(long[][].class, new long[2][3]);
    arguments.put(String[].class, new String[] {"a", "b", "c", "d", "e", "f", "g", "h", "i"});
    arguments.put(Shape.class, new Shape(3, 3));
    arguments.put(DataType.class, DataType.FLOAT32);
    arguments.put(Device.class, Device.cpu());
    arguments.put(NDManager.class, manager);
    arguments.put(String.class, "name");
    arguments.put(Charset.class, StandardCharsets.UTF_8);
    arguments.put(SparseFormat.class, SparseFormat.CSR);
    arguments.put(NDIndex.class, new NDIndex("1, 2"));
    arguments.put(NDList.class, new NDList(matrix()));
    arguments.put(NDArray[].class, new NDArray[] {matrix()});
    arguments.put(NDResource[].class, new NDResource[] {matrix()});
    arguments.put(NDResource.class, matrix());
    arguments.put(AutoCloseable[].class, new AutoCloseable[] {matrix()});
    arguments.put(AutoCloseable.class, matrix());
    arguments.put(PairList.class, new PairList<>());
    arguments.put(Optimizer.class, optimizer());
  }

  private NDArray typed(DataType type) {
    return matrix().toType(type, false);
  }

  private void addArrays() {
    add("NDArray.broadcast(long[])", () -> matrix().broadcast(2, 3, 3));
    add("NDArray.reshape(long[])", () -> matrix().reshape(9, 1));
    add("NDArray.complex()", () -> array(3, 2).complex());
    add("NDArray.diagonal(int, int, int)", () -> matrix().diagonal(1, 0, 1));
    add("NDArray.trace(int, int, int)", () -> matrix().trace(1, 0, 1));
    add("NDArray.fft2(long[], long[])", () -> matrix().fft2(new long[] {4, 2}, new long[] {0, 1}));
    add(
        "NDArray.ifft2(long[], long[])",
        () -> matrix().ifft2(new long[] {4, 2}, new long[] {0, 1}));
    add("NDArray.stft(long, long, boolean, NDArray, boolean)", this::stft);
    add(
        "NDArray.stft(long, long, boolean, NDArray, boolean, boolean)",
        () -> array(16).stft(4, 2, true, manager.hanningWindow(4), false, true));
    add("NDArray.rotate90(int, int[])", () -> matrix().rotate90(1, new int[] {0, 1}));
    add("NDArray.squeeze(int)", () -> array(3, 1).squeeze(1));
    add("NDArray.squeeze(int[])", () -> array(3, 1).squeeze(new int[] {1}));
    add("NDArray.transpose(int[])", () -> matrix().transpose(1, 0));
    add("NDArray.pad(Shape, double)", () -> matrix().pad(new Shape(1, 2), 0));
    add("NDArray.get(String, Object[])", () -> matrix().get("{}", manager.create(new int[] {1})));
    add("NDArray.get(NDArray)", () -> matrix().get(matrix().gt(.5)));
    perform("NDArray.set(NDArray, Number)", () -> matrix().set(matrix().gt(.5), 0));
    perform("NDArray.set(NDIndex, NDArray)", () -> matrix().set(row(), array(3)));
    perform("NDArray.set(NDIndex, Function)", () -> matrix().set(row(), NDArray::sqrt));
    add("NDArray.gather(NDArray, int)", () -> matrix().gather(index(3, 1), 1));
    add("NDArray.gatherNd(NDArray)", () -> matrix().gatherNd(index(2, 1)));
    add("NDArray.take(NDArray)", () -> matrix().take(index(2)));
    add("NDArray.take(NDManager, NDArray)", () -> matrix().take(manager, index(2)));
    add("NDArray.put(NDArray, NDArray)", () -> matrix().put(index(2), array(2)));
    add(
        "NDArray.scatter(NDArray, NDArray, int)",
        () -> matrix().scatter(index(1, 3), array(1, 3), 0));
    add("NDArray.booleanMask(NDArray, int)", () -> matrix().booleanMask(mask(), 1));
    add("NDArray.sequenceMask(NDArray)", () -> matrix().sequenceMask(array(3)));
    add("NDArray.sequenceMask(NDArray, float)", () -> matrix().sequenceMask(array(3), 7));
    add("NDArray.getBoolean(long[])", () -> typed(DataType.BOOLEAN).getBoolean(1, 2));
    add("NDArray.getByte(long[])", () -> typed(DataType.INT8).getByte(1, 2));
    add("NDArray.getDouble(long[])", () -> typed(DataType.FLOAT64).getDouble(1, 2));
    add("NDArray.getInt(long[])", () -> typed(DataType.INT32).getInt(1, 2));
    add("NDArray.getLong(long[])", () -> typed(DataType.INT64).getLong(1, 2));
    add("NDArray.getUint8(long[])", () -> typed(DataType.UINT8).getUint8(1, 2));
    add("NDArray.toBooleanArray()", () -> typed(DataType.BOOLEAN).toBooleanArray());
    add("NDArray.toDoubleArray()", () -> typed(DataType.FLOAT64).toDoubleArray());
    add("NDArray.toIntArray()", () -> typed(DataType.INT32).toIntArray());
    add("NDArray.toLongArray()", () -> typed(DataType.INT64).toLongArray());
    add("NDArray.toUint8Array()", () -> typed(DataType.UINT8).toUint8Array());
    add("NDArray.toShortArray()", () -> typed(DataType.INT16).toShortArray());
    add("NDArray.toUnsignedIntArray()", () -> typed(DataType.UINT32).toUnsignedIntArray());
    add("NDArray.toUnsignedShortArray()", () -> typed(DataType.UINT16).toUnsignedShortArray());
    add("NDArray.toStringArray()", () -> manager.create("a").toStringArray());
    add(
        "NDArray.toStringArray(Charset)",
        () -> manager.create("a").toStringArray(StandardCharsets.UTF_8));
    add("NDArray.getAsString()", () -> typed(DataType.INT8).getAsString());
    perform("NDArray.set(Buffer)", () -> matrix().set(FloatBuffer.allocate(9)));
    perform("NDArray.set(byte[])", () -> typed(DataType.INT8).set(new byte[9]));
    perform("NDArray.set(double[])", () -> typed(DataType.FLOAT64).set(new double[9]));
    perform("NDArray.set(int[])", () -> typed(DataType.INT32).set(new int[9]));
    perform("NDArray.set(long[])", () -> typed(DataType.INT64).set(new long[9]));
    add(
        "NDArray.getGradient()",
        () -> {
          NDArray x = matrix();
          x.setRequiresGradient(true);
          return x.getGradient();
        });
  }

  private static NDIndex row() {
    return new NDIndex("1");
  }

  private NDArray stft() {
    return array(16).stft(4, 2, true, manager.hanningWindow(4), true);
  }

  private NDArray mask() {
    return manager.create(new boolean[] {true, false, true});
  }

  private void addManagers(Path folder) throws IOException {
    Path file = folder.resolve("arrays.npz");
    try (OutputStream out = Files.newOutputStream(file)) {
      new NDList(matrix()).encode(out, NDList.Encoding.NPZ);
    }
    add("NDManager.load(Path)", () -> manager.load(file));
    add("NDManager.load(Path, Device)", () -> manager.load(file, Device.cpu()));
    byte[] encoded = matrix().encode();
    add("NDManager.decode(byte[])", () -> manager.decode(encoded));
    add("NDManager.decode(InputStream)", () -> manager.decode(new ByteArrayInputStream(encoded)));
    long[] starts = {0, 1, 2};
    long[] columns = {2, 0};
    Shape shape = new Shape(2, 3);
    add(
        "NDManager.createCSR(Buffer, long[], long[], Shape)",
        () -> manager.createCSR(FloatBuffer.allocate(2), starts, columns, shape));
    add(
        "NDManager.createCSR(Buffer, long[], long[], Shape, Device)",
        () -> manager.createCSR(FloatBuffer.allocate(2), starts, columns, shape, Device.cpu()));
    add(
        "NDManager.createCSR(float[], long[], long[], Shape, Device)",
        () -> manager.createCSR(new float[2], starts, columns, shape, Device.cpu()));
    add(
        "NDManager.createCoo(Buffer, long[][], Shape)",
        () -> manager.createCoo(FloatBuffer.allocate(2), new long[][] {{0, 1}, {2, 0}}, shape));
    long[] places = {2, 0};
    add(
        "NDManager.createRowSparse(Buffer, Shape, long[], Shape)",
        () -> manager.createRowSparse(FloatBuffer.allocate(6), shape, places, new Shape(4, 3)));
    add(
        "NDManager.createRowSparse(Buffer, Shape, long[], Shape, Device)",
        () ->
            manager.createRowSparse(
                FloatBuffer.allocate(6), shape, places, new Shape(4, 3), Device.cpu()));
    add("NDManager.create(Number)", () -> manager.create((Number) 3L));
    add("NDManager.create(int[])", () -> manager.create(new int[9]));
    add("NDManager.create(int[], Shape)", () -> manager.create(new int[9], new Shape(3, 3)));
    add("NDManager.create(long[], Shape)", () -> manager.create(new long[9], new Shape(3, 3)));
    add(
        "NDManager.randomInteger(long, long, Shape, DataType)",
        () -> manager.randomInteger(0, 9, shape, DataType.INT32));
    add(
        "NDManager.randomMultinomial(int, NDArray)",
        () -> manager.randomMultinomial(3, array(3).div(2)));
    add(
        "NDManager.randomMultinomial(int, NDArray, Shape)",
        () -> manager.randomMultinomial(3, array(3).div(2), shape));
    add("NDManager.ret(NDResource)", () -> manager.ret(matrix()));
    perform(
        "NDManager.tempAttachInternal(NDManager, String, NDResource)",
        () -> {
          NDArray x = matrix();
          manager.newSubManager().tempAttachInternal(manager, x.getUid(), x);
        });
    perform("NDManager.cap()", () -> manager.newSubManager().cap());
    perform("NDManager.close()", () -> manager.newSubManager().close());
  }

  private void addModels(Path folder) throws IOException {
    perform("Model.load(Path)", () -> model.load(folder));
    perform("Model.load(Path, String)", () -> model.load(folder, "fitting"));
    perform(
        "Model.load(Path, String, Map)", () -> model.load(folder, "fitting", Map.of("epoch", "0")));
    byte[] parameters = Files.readAllBytes(folder.resolve("fitting-0000.params"));
    perform("Model.load(InputStream)", () -> model.load(new ByteArrayInputStream(parameters)));
    perform(
        "Model.load(InputStream, Map)",
        () -> model.load(new ByteArrayInputStream(parameters), Map.of()));
    perform("Model.save(Path, String)", () -> model.save(folder, "again"));
    perform("Model.setBlock(Block)", () -> model.setBlock(BatchNorm.builder().build()));
    add("Model.getArtifact(String)", () -> model.getArtifact("synset.txt"));
    add(
        "Model.getArtifact(String, Function)",
        () -> model.getArtifact("synset.txt", FittingCalls::text));
    add("Model.getArtifactAsStream(String)", () -> model.getArtifactAsStream("synset.txt"));
    add("Model.intProperty(String, int)", () -> model.intProperty("number", 3));
    add("Model.longProperty(String, long)", () -> model.longProperty("number", 3));
    add("Model.newPredictor(Translator)", () -> model.newPredictor(new NoopTranslator()));
    add(
        "Model.newPredictor(Translator, Device)",
        () -> model.newPredictor(new NoopTranslator(), Device.cpu()));
    add(
        "Model.newTrainer(TrainingConfig)",
        () -> model.newTrainer(new DefaultTrainingConfig(Loss.l2Loss())));
    perform("Model.close()", () -> engine.newModel("other", null).close());
  }

  private static String text(InputStream in) {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addTraining() {
    perform("Engine.newGradientCollector()", () -> engine.newGradientCollector().close());
    perform("GradientCollector.close()", () -> engine.newGradientCollector().close());
    perform("GradientCollector.zeroGradients()", () -> backward(GradientCollector::zeroGradients));
    perform("GradientCollector.backward(NDArray)", () -> backward(c -> {}));
    NDArray[] values = {matrix()};
    perform("ParameterServer.init(String, NDArray[])", () -> serve(s -> s.init("w", values)));
    perform(
        "ParameterServer.update(String, NDArray[], NDArray[])",
        () -> serve(s -> s.update("w", new NDArray[] {matrix()}, values)));
    perform(
        "ParameterServer.update(String, NDArray[])",
        () -> {
          values[0].setRequiresGradient(true);
          serve(s -> s.update("w", values));
        });
    perform("ParameterServer.close()", () -> serve(s -> {}));
  }

  private static Optimizer optimizer() {
    return Optimizer.sgd().setLearningRateTracker(Tracker.fixed(.1f)).build();
  }

  private void backward(Consumer<GradientCollector> then) {
    NDArray x = matrix();
    x.setRequiresGradient(true);
    try (GradientCollector collector = engine.newGradientCollector()) {
      collector.backward(x.sum());
      then.accept(collector);
    }
  }

  private void serve(Consumer<ParameterServer> use) {
    try (ParameterServer server = engine.newParameterServer(optimizer())) {
      use.accept(server);
    }
  }

  @Override
  public void close() {
    model.close();
    manager.close();
  }
}
