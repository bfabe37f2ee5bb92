package dev.headgrad.tape.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StorageTest {

  @Test
  void noWriteOfTwoThreadsIsLost() {
    int writes = 100_000;
    Storage storage = Storage.of(new float[1]);
    inTwoThreads(() -> write(storage, writes), () -> write(storage, writes));
    assertEquals(2 * writes, storage.version());
    assertEquals(2 * writes, storage.recordedWrites());
  }

  private static void write(Storage storage, int times) {
    for (int i = 0; i < times; i++) {
      storage.written();
      storage.recordedWrite();
    }
  }

  @Test
  void aVariableStaysOneWhileAnotherThreadWrites() {
    int most = 1000;
    for (int round = 0; round < 200; round++) {
      Storage storage = Storage.of(new float[1]);
      int[] written = {0};
      inTwoThreads(
          () -> {
            while (written[0] < most && !storage.isVariable()) {
              storage.recordedWrite();
              written[0]++;
            }
          },
          () -> {
            while (storage.recordedWrites() == 0) {
              Thread.onSpinWait();
            }
            storage.setVariable();
          });
      assertTrue(storage.isVariable());
      assertEquals(written[0], storage.recordedWrites());
    }
  }

  private static void inTwoThreads(Runnable one, Runnable other) {
    CompletableFuture<Void> task = CompletableFuture.runAsync(one);
    other.run();
    task.join();
  }
}
