package dev.headgrad.djl;

import ai.djl.engine.Engine;
import org.jspecify.annotations.Nullable;

/**
 * Whether an engine can be used.
 *
 * @param name what DJL knows it by
 * @param engine the engine; null if it cannot be used
 * @param problem why it cannot be used; null if it can
 */
public record EngineStatus(String name, @Nullable Engine engine, @Nullable String problem) {

  /** Why an engine without its jar cannot be used. */
  static final String ABSENT = "it is not on the class path";

  /** Whether the engine's classes are there, be they usable or not. */
  public boolean isPresent() {
    return !ABSENT.equals(problem);
  }

  /** Whether the engine can be used. */
  public boolean isUsable() {
    return engine != null;
  }
}
