package dev.headgrad.tape.company;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes an ONNX model of one dense layer, {@code y = relu(x W + b)}, as the protocol buffer that
 * onnx.proto3 describes. The comments name its fields.
 */
final class OnnxModel {

  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int FLOAT = 1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private OnnxModel() {}

  /**
   * The bytes of the model. Its input is "x", of any number of rows; its output is "y".
   *
   * @param weights a row for each input, with a number for each output
   * @param bias a number for each output
   */
  static byte[] dense(float[][] weights, float[] bias) {
    float[] w = new float[weights.length * bias.length];
    for (int i = 0; i < weights.length; i++) {
      System.arraycopy(weights[i], 0, w, i * bias.length, bias.length);
    }
    OnnxModel graph =
        new OnnxModel()
            .message(1, node("MatMul", "xW", "x", "W")) // node
            .message(1, node("Add", "sum", "xW", "b"))
            .message(1, node("Relu", "y", "sum"))
            .text(2, "dense") // name
            .message(5, tensor("W", w, weights.length, bias.length)) // initializer
            .message(5, tensor("b", bias, bias.length))
            .message(11, value("x", weights.length)) // input
            .message(12, value("y", bias.length)); // output
    OnnxModel opset = new OnnxModel().number(2, 13); // version
    return new OnnxModel()
        .number(1, 7) // ir_version
        .text(2, "headgrad") // producer_name
        .message(7, graph) // graph
        .message(8, opset) // opset_import
        .out
        .toByteArray();
  }

  private static OnnxModel node(String operation, String output, String... inputs) {
    OnnxModel node = new OnnxModel();
    for (String input : inputs) {
      node.text(1, input); // input
    }
    return node.text(2, output).text(3, output).text(4, operation); // output, name, op_type
  }

  private static OnnxModel tensor(String name, float[] values, long... dims) {
    OnnxModel tensor = new OnnxModel();
    for (long dim : dims) {
      tensor.number(1, dim); // dims
    }
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array()); // data_type, name, raw_data
  }

  private static OnnxModel value(String name, long columns) {
    OnnxModel rows = new OnnxModel().text(2, "rows"); // dim_param
    OnnxModel width = new OnnxModel().number(1, columns); // dim_value
    OnnxModel shape = new OnnxModel().message(1, rows).message(1, width); // dim
    OnnxModel tensorType = new OnnxModel().number(1, FLOAT).message(2, shape); // elem_type, shape
    OnnxModel type = new OnnxModel().message(1, tensorType); // tensor_type
    return new OnnxModel().text(1, name).message(2, type); // name, type
  }

  private OnnxModel number(int field, long value) {
    varint(field << 3 | VARINT);
    varint(value);
    return this;
  }

  private OnnxModel text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  private OnnxModel message(int field, OnnxModel value) {
    return bytes(field, value.out.toByteArray());
  }

  private OnnxModel bytes(int field, byte[] value) {
    varint(field << 3 | BYTES);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  private void varint(long value) {
    long rest = value;
    while (rest > 0x7f) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
