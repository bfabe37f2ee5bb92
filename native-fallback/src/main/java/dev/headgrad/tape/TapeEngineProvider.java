package dev.headgrad.tape;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineProvider;

/** How DJL finds the JavaTape engine. */
public final class TapeEngineProvider implements EngineProvider {

  private static final class Holder {
    static final Engine ENGINE = new TapeEngine();
  }

  /** For the service loader. */
  public TapeEngineProvider() {}

  @Override
  public String getEngineName() {
    return TapeEngine.NAME;
  }

  @Override
  public int getEngineRank() {
    return TapeEngine.RANK;
  }

  @Override
  public Engine getEngine() {
    return Holder.ENGINE;
  }
}
