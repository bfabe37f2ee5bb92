package dev.headgrad.tape;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import dev.headgrad.tape.core.DenseArray;
import dev.headgrad.tape.core.Dims;
import dev.headgrad.tape.op.Casting;
import dev.headgrad.tape.op.Creation;
import dev.headgrad.tape.op.Sampling;
import dev.headgrad.tape.op.SparseArrays;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes arrays of the JavaTape engine, and closes those it made when it is closed itself. */
public class TapeNDManager extends BaseNDManager {

  private static final TapeNDManager SYSTEM = new SystemManager();

  private final Registry registry = new Registry();

  private TapeNDManager(@Nullable NDManager parent, @Nullable Device device) {
    super(parent, device);
  }

  static TapeNDManager system() {
    return SYSTEM;
  }

  /**
   * A new NDArray of this manager. If the array is another NDArray's already, since an operation
   * had nothing to do, the new one is a view of it: each can be closed by itself.
   */
  TapeNDArray wrap(DenseArray array) {
    TapeNDArray wrapped = new TapeNDArray(this, array.claim() ? array : Casting.alias(array));
    add(wrapped, false);
    NDScope.register(wrapped);
    return wrapped;
  }

  /** Takes an array in; a capped manager takes only what returns to it. */
  void add(ArrayResource array, boolean returned) {
    if (!returned && capped.get()) {
      throw new IllegalStateException("NDManager is capped for addition of resources.");
    }
    if (closed.get()) {
      throw new IllegalStateException("NDManager " + getName() + " has been closed already.");
    }
    registry.add(array);
  }

  /** Takes in an array of another manager; one that is here for a time already stays so. */
  void attach(ArrayResource array, boolean returned) {
    if (!tempResources.containsKey(array.getUid())) {
      add(array, returned);
    } else if (returned) {
      attachUncappedInternal(array.getUid(), array);
    } else {
      attachInternal(array.getUid(), array);
    }
  }

  /** Lets go of an array, attached for good or for a time. */
  void remove(ArrayResource array) {
    Registry.remove(array);
    if (!tempResources.isEmpty()) {
      detachInternal(array.getUid());
    }
  }

  @Override
  public final ByteBuffer allocateDirect(int capacity) {
    return ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
  }

  /** The array itself if it is JavaTape's, else a copy; null for null, as all engines have it. */
  @Override
  @SuppressWarnings("NullAway")
  public final TapeNDArray from(NDArray array) {
    if (array == null || array instanceof TapeNDArray) {
      return (TapeNDArray) array;
    }
    TapeNDArray copy =
        wrap(Bytes.read(array.toByteBuffer(), array.getDataType(), Dims.of(array.getShape())));
    copy.setName(array.getName());
    return copy;
  }

  @Override
  public final TapeNDArray create(Shape shape, DataType dataType) {
    return wrap(DenseArray.zeros(dataType, Dims.of(shape)));
  }

  @Override
  public final TapeNDArray create(Buffer data, Shape shape, DataType dataType) {
    int[] dims = Dims.of(shape);
    validateBuffer(data, dataType, Bytes.numbers(dataType, Dims.size(dims)));
    return wrap(Bytes.read(data, dataType, dims));
  }

  @Override
  public final TapeNDArray create(float[] data) {
    return wrap(vector(data, DataType.FLOAT32, data.length));
  }

  @Override
  public final TapeNDArray create(double[] data) {
    return wrap(vector(data, DataType.FLOAT64, data.length));
  }

  @Override
  public final TapeNDArray create(int[] data) {
    return wrap(vector(data, DataType.INT32, data.length));
  }

  @Override
  public final TapeNDArray create(long[] data) {
    return wrap(vector(data, DataType.INT64, data.length));
  }

  /** Without a {@code Shape} and a buffer, which take longer to make than a short vector does. */
  private static DenseArray vector(Object data, DataType type, int length) {
    DenseArray y = DenseArray.dirty(type, length);
    System.arraycopy(data, 0, y.data(), 0, length);
    return y;
  }

  @Override
  public final NDArray create(String[] data, Charset charset, Shape shape) {
    int[] dims = Dims.of(shape);
    if (data.length != Dims.size(dims)) {
      throw new IllegalArgumentException(
          "shape " + shape + " needs " + Dims.size(dims) + " strings, but got " + data.length);
    }
    return wrap(DenseArray.of(data.clone(), DataType.STRING, dims));
  }

  @Override
  public final NDArray createCSR(Buffer data, long[] indptr, long[] indices, Shape shape) {
    DataType type = DataType.fromBuffer(data);
    DenseArray values = Bytes.read(data, type, indices.length);
    return sparse(SparseArrays.ofRows(values, indptr, indices, Dims.of(shape)), SparseFormat.CSR);
  }

  @Override
  public final NDArray createRowSparse(Buffer data, Shape dataShape, long[] indices, Shape shape) {
    DenseArray rows = Bytes.read(data, DataType.fromBuffer(data), Dims.of(dataShape));
    return sparse(SparseArrays.ofSlices(rows, indices, Dims.of(shape)), SparseFormat.ROW_SPARSE);
  }

  @Override
  public final NDArray createCoo(Buffer data, long[][] indices, Shape shape) {
    DenseArray values = Bytes.read(data, DataType.fromBuffer(data), indices[0].length);
    return sparse(SparseArrays.ofCoordinates(values, indices, Dims.of(shape)), SparseFormat.COO);
  }

  /** A new NDArray of this manager that counts as sparse. */
  TapeNDArray sparse(DenseArray dense, SparseFormat format) {
    TapeNDArray array = wrap(dense);
    array.setSparseFormat(format);
    return array;
  }

  @Override
  public final NDArray arange(int start, int stop, int step, DataType dataType) {
    return wrap(Creation.arange(start, stop, step, dataType));
  }

  @Override
  public final NDArray arange(float start, float stop, float step, DataType dataType) {
    return wrap(Creation.arange(start, stop, step, dataType));
  }

  @Override
  public final NDArray eye(int rows, int cols, int k, DataType dataType) {
    return wrap(Creation.eye(rows, cols, k, dataType));
  }

  @Override
  public final NDArray linspace(float start, float stop, int num, boolean endpoint) {
    return wrap(Creation.linspace(start, stop, num, endpoint));
  }

  @Override
  public final NDArray hanningWindow(long numPoints) {
    return wrap(Creation.hann(Math.toIntExact(numPoints)));
  }

  @Override
  public final NDArray randomInteger(long low, long high, Shape shape, DataType dataType) {
    return wrap(Sampling.integers(low, high, dataType, Dims.of(shape)));
  }

  @Override
  public final NDArray randomPermutation(long n) {
    return wrap(Sampling.permutation(Math.toIntExact(n)));
  }

  @Override
  public final NDArray randomUniform(float low, float high, Shape shape, DataType dataType) {
    return wrap(Sampling.uniform(low, high, dataType, Dims.of(shape)));
  }

  @Override
  public final NDArray randomNormal(float loc, float scale, Shape shape, DataType dataType) {
    return wrap(Sampling.normal(loc, scale, dataType, Dims.of(shape)));
  }

  @Override
  public final NDArray randomMultinomial(int n, NDArray pValues) {
    return wrap(Sampling.multinomial(n, from(pValues).array()));
  }

  @Override
  public final NDArray randomMultinomial(int n, NDArray pValues, Shape shape) {
    return wrap(Sampling.multinomial(n, from(pValues).array(), Dims.of(shape)));
  }

  @Override
  public final NDArray sampleNormal(NDArray mu, NDArray sigma) {
    return sampleNormal(mu, sigma, new Shape());
  }

  @Override
  public final NDArray sampleNormal(NDArray mu, NDArray sigma, Shape shape) {
    return wrap(Sampling.normalOf(from(mu).array(), from(sigma).array(), Dims.of(shape)));
  }

  @Override
  public final NDArray samplePoisson(NDArray lam) {
    return samplePoisson(lam, new Shape());
  }

  @Override
  public final NDArray samplePoisson(NDArray lam, Shape shape) {
    return wrap(Sampling.poissonOf(from(lam).array(), Dims.of(shape)));
  }

  @Override
  public final NDArray sampleGamma(NDArray alpha, NDArray beta) {
    return sampleGamma(alpha, beta, new Shape());
  }

  @Override
  public final NDArray sampleGamma(NDArray alpha, NDArray beta, Shape shape) {
    return wrap(Sampling.gammaOf(from(alpha).array(), from(beta).array(), Dims.of(shape)));
  }

  @Override
  public final NDArray zeros(Shape shape, DataType dataType) {
    return wrap(DenseArray.zeros(dataType, Dims.of(shape)));
  }

  @Override
  public final NDArray ones(Shape shape, DataType dataType) {
    return wrap(Creation.full(1, dataType, Dims.of(shape)));
  }

  @Override
  public final NDArray full(Shape shape, float value, DataType dataType) {
    return wrap(Creation.full(value, dataType, Dims.of(shape)));
  }

  /**
   * Reads the arrays of a file: .npy, .npz, safetensors, DJL's own format, or that of MXNet's
   * {@code nd.save} and {@code save_parameters}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  @Override
  public final NDList load(Path path) {
    try {
      byte[] file = Files.readAllBytes(path);
      return MxnetFile.isOne(file) ? MxnetFile.read(this, file) : NDList.decode(this, file);
    } catch (IOException e) {
      throw new UncheckedIOException("arrays of " + path, e);
    }
  }

  @Override
  public final List<NDArray> getManagedArrays() {
    List<NDArray> arrays = new ArrayList<>(registry.arrays());
    arrays.addAll(super.getManagedArrays());
    return arrays;
  }

  @Override
  public final TapeNDManager newSubManager(Device newDevice) {
    TapeNDManager manager = new TapeNDManager(this, newDevice);
    attachUncappedInternal(manager.uid, manager);
    return manager;
  }

  @Override
  public final Engine getEngine() {
    return Engine.getEngine(TapeEngine.NAME);
  }

  @Override
  public void close() {
    if (isOpen()) {
      List<ArrayResource> arrays = registry.arrays();
      super.close();
      arrays.forEach(ArrayResource::close);
    }
  }

  /** The parent of all managers, which lives as long as the process. */
  private static final class SystemManager extends TapeNDManager
      implements ai.djl.ndarray.NDManager.SystemNDManager {
    SystemManager() {
      super(null, null);
    }

    @Override
    void add(ArrayResource array, boolean returned) {}

    @Override
    void attach(ArrayResource array, boolean returned) {}

    @Override
    public void attachInternal(String resourceId, AutoCloseable... resources) {}

    @Override
    public void attachUncappedInternal(String resourceId, AutoCloseable resource) {}

    @Override
    public void detachInternal(String resourceId) {}

    @Override
    public void close() {
      throw new IllegalStateException("the system manager lives as long as the process");
    }
  }
}
