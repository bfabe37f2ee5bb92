package dev.headgrad.tape.kernel;

/** Whether there are vectors, asked without loading the classes of the Vector API. */
final class VectorApi {

  /** Whether this JVM was started with the Vector API. */
  static final boolean IS_PRESENT = isPresent();

  /**
   * Runs below this length are not worth vectors. Nor do they load their classes then, which takes
   * a short program longer than all else that it does.
   */
  static final int FEW = 16;

  private VectorApi() {}

  /** A loop: looking for a module that is missing starts up the JDK's streams. */
  private static boolean isPresent() {
    for (Module module : ModuleLayer.boot().modules()) {
      if (module.getName().equals("jdk.incubator.vector")) {
        return true;
      }
    }
    return false;
  }
}
