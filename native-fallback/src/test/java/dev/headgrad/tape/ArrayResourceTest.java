package dev.headgrad.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArrayResourceTest extends FaceTest {

  @Test
  void equalArraysHaveOneShapeTypeAndContent() {
    NDArray x = counting(2, 2);
    assertEquals(x, x.duplicate());
    assertEquals(x.hashCode(), x.duplicate().hashCode());
    assertEquals(x.transpose(), x.transpose().duplicate());
    assertNotEquals(x, x.transpose());
    assertNotEquals(x, x.reshape(4));
    assertNotEquals(x, x.toType(DataType.FLOAT64, false));
    assertNotEquals(x, manager.create(new float[] {Float.NaN, 1, 2, 3}, new Shape(2, 2)));
    assertFalse(x.contentEquals((NDArray) null));
    assertEquals(manager.create(0f), manager.create(-0f));
    NDArray nan = manager.create(Float.NaN);
    assertNotEquals(nan, nan.duplicate());
    assertTrue(nan.allClose(nan, 0, 0, true));
    assertEquals(manager.create(new Shape(0, 2)), manager.create(new Shape(0, 2)));
    assertTrue(manager.ones(new Shape(2, 2)).contentEquals(1));
    assertFalse(x.contentEquals(1));
  }

  @Test
  void copiesGoIntoTheTarget() {
    NDArray whole = manager.zeros(new Shape(3), DataType.INT32);
    manager.create(new float[] {1.5f, -1.5f, 7}).copyTo(whole);
    assertArrayEquals(new int[] {1, -1, 7}, whole.toIntArray());
    NDArray scalar = manager.create(0f);
    manager.create(5f).copyTo(scalar);
    assertEquals(5, scalar.getFloat());
    manager.create(new Shape(4, 0)).copyTo(manager.create(new Shape(4, 0)));
    NDArray part = counting(2, 2);
    counting(2).copyTo(part.get(1));
    assertIs(part, new Shape(2, 2), 0, 1, 0, 1);
    assertThrows(IllegalArgumentException.class, () -> counting(3).copyTo(counting(2)));
  }

  @Test
  void nothingToDoIsTheArrayItselfUnlessACopyIsWanted() {
    NDArray x = counting(2);
    assertSame(x, x.toType(DataType.FLOAT32, false));
    assertNotSame(x, x.toType(DataType.FLOAT32, true));
    assertSame(x, x.toDevice(Device.cpu(), false));
    assertNotSame(x, x.toDevice(Device.cpu(), true));
    assertThrows(IllegalArgumentException.class, () -> x.toDevice(Device.gpu(), false));
  }

  @Test
  void internTakesTheOthersPlace() {
    NDArray x = counting(2);
    NDArray y = counting(3);
    x.intern(y);
    assertIs(x, new Shape(3), 0, 1, 2);
    assertTrue(y.isReleased());
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"STRING", "UNKNOWN", "BFLOAT16"}, // BFLOAT16 has no numbers in DJL to compare
      mode = EnumSource.Mode.EXCLUDE)
  void whatIsEncodedIsDecoded(DataType type) {
    NDArray pairs = manager.create(new float[] {1, 0, 0, 1, 1, 1, 0, 0}, new Shape(2, 2, 2));
    NDArray x =
        type == DataType.COMPLEX64 ? pairs.complex() : pairs.get("..., 0").toType(type, false);
    x.setName("x");
    NDArray view = x.transpose();
    assertEquals(view, NDArray.decode(manager, view.encode()));
    NDList decoded = NDList.decode(manager, new NDList(x, view).encode());
    assertEquals(new NDList(x, view), decoded);
    assertEquals("x", decoded.head().getName());
  }

  @Test
  void stringsAreEncodedButHaveNoBytes() {
    NDArray words = manager.create(new String[] {"a", "ü"});
    NDArray decoded = NDArray.decode(manager, words.encode());
    assertArrayEquals(new String[] {"a", "ü"}, decoded.toStringArray());
    assertThrows(UnsupportedOperationException.class, words::toByteBuffer);
    assertThrows(IllegalArgumentException.class, () -> words.add(1));
  }

  @Test
  void buffersAreCopiesInTheMachinesOrder() {
    NDArray x = counting(2, 2).transpose();
    FloatBuffer direct = x.toByteBuffer(true).asFloatBuffer();
    assertTrue(direct.isDirect());
    assertEquals(ByteOrder.nativeOrder(), x.toByteBuffer().order());
    assertEquals(2, direct.get(1));
    x.set(FloatBuffer.wrap(new float[] {5, 6, 7, 8}));
    assertIs(x, new Shape(2, 2), 5, 6, 7, 8);
    assertEquals(2, direct.get(1));
    assertThrows(IllegalArgumentException.class, () -> x.set(new float[3]));
    assertThrows(IllegalArgumentException.class, () -> x.set(new int[4]));
  }

  @Test
  void aClosedArraySaysSo() {
    NDArray x = counting(2);
    x.setName("weights");
    x.close();
    x.close();
    assertTrue(x.isReleased());
    assertEquals("This array is already closed", x.toString());
    assertEquals(
        "NDArray weights has been closed already",
        assertThrows(IllegalStateException.class, () -> x.add(1)).getMessage());
  }
}
