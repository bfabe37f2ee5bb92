package dev.headgrad.tape.kernel;

/** Whether there are vectors, asked without loading the classes of the Vector API. */
public final class VectorApi {

  /** Whether this JVM was started with the Vector API, and compiles it to vector instructions. */
  public static final boolean IS_USED =
      isPresent() && compilesVectors(System.getProperty("java.vm.info", ""));

  /**
   * Runs below this length are not worth vectors. Nor do they load their classes then, which takes
   * a short program longer than all else that it does.
   */
  public static final int FEW = 16;

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

  /**
   * Only C2 does: in a JVM that interprets, or that stops at C1 (-XX:TieredStopAtLevel=1), every
   * vector is an object and every lane a call, hundreds of times slower than plain loops.
   *
   * @param info the system property {@code java.vm.info}
   */
  static boolean compilesVectors(String info) {
    return !info.contains("interpreted mode") && !info.contains("emulated-client");
  }
}
