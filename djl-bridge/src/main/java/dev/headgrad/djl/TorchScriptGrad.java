package dev.headgrad.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's {@code torch.autograd.grad}, which DJL does not reach: a small TorchScript module
 * ({@code autograd.py}) calls it.
 *
 * <p>DJL groups the arguments of a module by the names of the arrays and switches autograd off in
 * every run but that of a training forward: so arguments are renamed stand-ins, and which method to
 * run is a name as well.
 */
final class TorchScriptGrad {

  private final PtNDManager systemManager;
  private final PtSymbolBlock module;

  TorchScriptGrad(Engine engine) {
    PtNDManager manager = (PtNDManager) engine.newBaseManager();
    systemManager = (PtNDManager) manager.getParentManager();
    try {
      module = JniUtils.loadModule(manager, new ByteArrayInputStream(archive()), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isLeaf(PtNDArray array) {
    NDList arguments = new NDList(standIn(array, "module_method:is_leaf"), standIn(array, "array"));
    try (NDList results = IValueUtils.forward(module, arguments, true)) {
      return results.get(0).getBoolean();
    }
  }

  /** Another array object for the same tensor, with the same place in the graph. */
  NDArray alias(PtNDArray array) {
    NDList arguments = new NDList(standIn(array, "module_method:alias"), standIn(array, "array"));
    NDArray alias = IValueUtils.forward(module, arguments, true).get(0);
    NDScope.unregister(alias);
    return alias;
  }

  /** Writes values into the memory of arrays; DJL's own {@code copyTo} gives them new memory. */
  void assign(List<NDArray> targets, List<NDArray> values) {
    if (targets.isEmpty()) {
      return;
    }
    NDList arguments = new NDList();
    arguments.add(standIn((PtNDArray) targets.get(0), "module_method:assign"));
    add(arguments, targets.toArray(new PtNDArray[0]), "targets[]");
    add(arguments, values.toArray(new PtNDArray[0]), "values[]");
    IValueUtils.forward(module, arguments, true).close();
  }

  /**
   * Differentiates.
   *
   * @return a gradient for each input, null where the outputs do not depend on it
   */
  List<@Nullable NDArray> grad(
      PtNDArray[] outputs,
      PtNDArray[] inputs,
      PtNDArray[] outputGradients,
      boolean retainGraph,
      boolean createGraph) {
    if (inputs.length == 0) {
      return List.of();
    }
    NDList arguments = new NDList();
    arguments.add(
        standIn(
            outputs[0],
            "module_method:grad"
                + (retainGraph ? "_retaining" : "")
                + (createGraph ? "_creating" : "")));
    add(arguments, outputs, "outputs[]");
    add(arguments, inputs, "inputs[]");
    add(arguments, outputGradients, "output_gradients[]");
    NDList results = IValueUtils.forward(module, arguments, true);
    NDArray last = results.remove(results.size() - 1);
    boolean[] reached = last.toBooleanArray();
    last.close();
    List<@Nullable NDArray> gradients = new ArrayList<>(reached.length);
    int next = 0;
    for (int i = 0; i < reached.length; i++) {
      if (reached[i]) {
        NDArray gradient = results.get(next++);
        gradient.attach(inputs[i].getManager());
        gradients.add(gradient);
      } else {
        gradients.add(null);
      }
    }
    return gradients;
  }

  private void add(NDList arguments, PtNDArray[] arrays, String name) {
    for (PtNDArray array : arrays) {
      arguments.add(standIn(array, name));
    }
  }

  /**
   * A second Java object for the same tensor, to carry a name. It must not be closed, and nothing
   * but the caller knows it.
   */
  private PtNDArray standIn(PtNDArray array, String name) {
    PtNDArray standIn = new PtNDArray(systemManager, array.getHandle());
    systemManager.detachInternal(standIn.getUid());
    NDScope.unregister(standIn);
    standIn.setName(name);
    return standIn;
  }

  /** The module in PyTorch's archive format: a zip of its source and of a pickle. */
  private static byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        InputStream source = TorchScriptGrad.class.getResourceAsStream("autograd.py")) {
      if (source == null) {
        throw new IOException("autograd.py is missing beside " + TorchScriptGrad.class);
      }
      entry(zip, "autograd/data.pkl", pickledModule());
      entry(zip, "autograd/code/__torch__.py", source.readAllBytes());
      entry(zip, "autograd/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      entry(zip, "autograd/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  /** The pickle, protocol 2, of an object of class {@code __torch__.Autograd}. */
  private static byte[] pickledModule() {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes(new byte[] {(byte) 0x80, 2});
    pickle.writeBytes("c__torch__\nAutograd\n".getBytes(StandardCharsets.US_ASCII));
    pickle.writeBytes(new byte[] {')', (byte) 0x81, '}', 'X', 8, 0, 0, 0});
    pickle.writeBytes("training".getBytes(StandardCharsets.US_ASCII));
    pickle.writeBytes(new byte[] {(byte) 0x88, 's', 'b', '.'});
    return pickle.toByteArray();
  }

  /** PyTorch reads archives without compression only. */
  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
