package dev.headgrad.djl;

import ai.djl.mxnet.engine.MxNDArray;
import ai.djl.mxnet.engine.MxNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.SparseFormat;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * An operator of MXNet's with one result, called without DJL's binding, which takes as long as the
 * rest of a small operation: its handle is looked up once, the names of its parameters are native
 * strings already, and arguments and results go through memory that each thread keeps.
 */
final class MxNetOperator {

  private static final ThreadLocal<Frame> FRAMES = ThreadLocal.withInitial(Frame::new);

  private final long handle;
  private final int parameters;
  private final Memory names;

  /**
   * Looks an operator up.
   *
   * @param name MXNet's name
   * @param parameters the names of the parameters that calls give values for
   */
  MxNetOperator(String name, String... parameters) {
    this.handle = MxNetLibrary.operator(name);
    this.parameters = parameters.length;
    int pointers = parameters.length * Long.BYTES;
    int bytes = pointers;
    for (String parameter : parameters) {
      bytes += parameter.length() + 1;
    }
    this.names = new Memory(Math.max(1, bytes));
    int text = pointers;
    for (int i = 0; i < parameters.length; i++) {
      names.setString(text, parameters[i], StandardCharsets.US_ASCII.name());
      names.setPointer((long) i * Long.BYTES, names.share(text));
      text += parameters[i].length() + 1;
    }
  }

  /** The result for an array. */
  NDArray apply(NDArray x) {
    Frame frame = FRAMES.get();
    frame.clear();
    frame.putInput(0, x);
    return call(frame, 1, x);
  }

  /** The result for an array and the value of the only parameter. */
  NDArray apply(NDArray x, String value) {
    Frame frame = FRAMES.get();
    frame.clear();
    frame.putInput(0, x);
    frame.putValue(0, value);
    return call(frame, 1, x);
  }

  /** The result for an array and the values of two parameters. */
  NDArray apply(NDArray x, String value0, String value1) {
    Frame frame = FRAMES.get();
    frame.clear();
    frame.putInput(0, x);
    frame.putValue(0, value0);
    frame.putValue(1, value1);
    return call(frame, 1, x);
  }

  /** The result for two arrays. */
  NDArray apply(NDArray a, NDArray b) {
    Frame frame = FRAMES.get();
    frame.clear();
    frame.putInput(0, a);
    frame.putInput(1, b);
    return call(frame, 2, a);
  }

  private NDArray call(Frame frame, int inputs, NDArray first) {
    MxNetLibrary.invoke(
        handle,
        inputs,
        frame.address + Frame.INPUTS,
        frame.address + Frame.COUNT,
        frame.address + Frame.OUTPUTS,
        parameters,
        Pointer.nativeValue(names),
        frame.address + Frame.VALUES,
        frame.address + Frame.FORMATS);
    MxNDManager manager = (MxNDManager) first.getManager();
    Pointer result = new Pointer(new Pointer(frame.buffer.getLong(Frame.OUTPUTS)).getLong(0));
    int format = new Pointer(frame.buffer.getLong(Frame.FORMATS)).getInt(0);
    return format == SparseFormat.DENSE.getValue()
        ? manager.create(result)
        : manager.create(result, SparseFormat.fromValue(format));
  }

  /** The arguments of a call as the library reads them, and what it returns. */
  private static final class Frame {

    private static final int INPUTS = 0;
    private static final int VALUES = 2 * Long.BYTES;
    private static final int COUNT = 4 * Long.BYTES;
    private static final int OUTPUTS = 5 * Long.BYTES;
    private static final int FORMATS = 6 * Long.BYTES;
    private static final int TEXT = 7 * Long.BYTES;

    private final ByteBuffer buffer =
        ByteBuffer.allocateDirect(1024).order(ByteOrder.nativeOrder());
    private final long address = Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
    private int end;

    /** Forgets the last call: the library is to make the outputs. */
    void clear() {
      buffer.putLong(OUTPUTS, 0);
      end = TEXT;
    }

    void putInput(int index, NDArray array) {
      buffer.putLong(
          INPUTS + index * Long.BYTES, Pointer.nativeValue(((MxNDArray) array).getHandle()));
    }

    void putValue(int index, String ascii) {
      buffer.putLong(VALUES + index * Long.BYTES, address + end);
      for (int i = 0; i < ascii.length(); i++) {
        buffer.put(end++, (byte) ascii.charAt(i));
      }
      buffer.put(end++, (byte) 0);
    }
  }
}
