package dev.headgrad.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.headgrad.tape.TapeEngine;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the engine to run on, and falls back where one cannot be used.
 *
 * <p>What is wanted is an engine's name, or a comma-separated list of names tried in order, or
 * {@code auto}, which means {@code MXNet,PyTorch,JavaTape}. It is looked for in this order:
 *
 * <ol>
 *   <li>what the program asks for
 *   <li>the system property {@code headgrad.engine}
 *   <li>the environment variable {@code HEADGRAD_ENGINE}
 *   <li>the entry {@code engine} of {@code headgrad.properties} on the class path
 *   <li>DJL's own {@code DJL_DEFAULT_ENGINE} and {@code ai.djl.default_engine}
 *   <li>{@code auto}
 * </ol>
 *
 * <p>DJL picks its default by rank before any native library loads; here an engine whose library
 * does not load is passed over, with one line in the log that says which, why, and what runs
 * instead.
 */
public final class Engines {

  /** The engines that {@code auto} tries, in order. */
  public static final List<String> AUTO = List.of("MXNet", "PyTorch", "JavaTape");

  private static final Logger LOGGER = LoggerFactory.getLogger(Engines.class);

  private static final Map<String, EngineStatus> KNOWN = new ConcurrentHashMap<>();

  private Engines() {}

  /**
   * Which engine is wanted, and who said so.
   *
   * @param spec a name, a list of names, or {@code auto}
   * @param source where it was found, in words
   */
  public record Wanted(String spec, String source) {}

  /**
   * The engine that configuration asks for.
   *
   * @throws IllegalArgumentException if it names an engine that is unknown
   * @throws IllegalStateException if no engine that it names can be used; the message says why, for
   *     each
   */
  public static Engine choose() {
    Wanted wanted = wanted();
    return choose(wanted.spec(), " (from " + wanted.source() + ")");
  }

  /**
   * The first usable engine of a list.
   *
   * @param spec a name, a comma-separated list of names tried in order, or {@code auto}
   * @throws IllegalArgumentException if a name is unknown; the message lists the known ones
   * @throws IllegalStateException if none can be used; the message says why, for each
   */
  public static Engine choose(String spec) {
    return choose(spec, "");
  }

  private static Engine choose(String spec, String origin) {
    List<EngineStatus> passedOver = new ArrayList<>();
    for (String name : names(spec, origin)) {
      EngineStatus status = status(name);
      Engine engine = status.engine();
      if (engine != null) {
        report(passedOver, name);
        return engine;
      }
      passedOver.add(status);
    }
    throw new IllegalStateException(
        "no engine of \"" + spec + "\"" + origin + " can be used: " + reasons(passedOver));
  }

  /** What configuration asks for when the program does not. */
  public static Wanted wanted() {
    return Stream.of(
            given(System.getProperty("headgrad.engine"), "the system property headgrad.engine"),
            given(System.getenv("HEADGRAD_ENGINE"), "the environment variable HEADGRAD_ENGINE"),
            given(fromProperties(), "headgrad.properties"),
            given(System.getenv("DJL_DEFAULT_ENGINE"), "the variable DJL_DEFAULT_ENGINE"),
            given(
                System.getProperty("ai.djl.default_engine"),
                "the system property ai.djl.default_engine"))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(new Wanted("auto", "the default"));
  }

  private static Optional<Wanted> given(@Nullable String spec, String source) {
    return spec == null || spec.isBlank()
        ? Optional.empty()
        : Optional.of(new Wanted(spec, source));
  }

  private static @Nullable String fromProperties() {
    try (InputStream in = Engines.class.getResourceAsStream("/headgrad.properties")) {
      if (in == null) {
        return null;
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("engine");
    } catch (IOException e) {
      throw new IllegalStateException("headgrad.properties cannot be read", e);
    }
  }

  /** Tries every known engine: those of {@link #AUTO}, and all others that DJL has found. */
  public static List<EngineStatus> probe() {
    return known().stream().map(Engines::status).collect(Collectors.toList());
  }

  /** Whether JavaTape works here, and computes with the Vector API rather than with plain loops. */
  public static boolean usesVectorApi() {
    Engine javaTape = status(TapeEngine.NAME).engine();
    return javaTape != null && javaTape.hasCapability(TapeEngine.VECTOR_API);
  }

  private static List<String> names(String spec, String origin) {
    List<String> names = new ArrayList<>();
    for (String part : spec.split(",", -1)) {
      String name = part.trim();
      if (name.equalsIgnoreCase("auto")) {
        names.addAll(AUTO);
      } else if (known().contains(name)) {
        names.add(name);
      } else {
        throw new IllegalArgumentException(
            "there is no engine \""
                + name
                + "\""
                + origin
                + "; known are "
                + known()
                + " and auto");
      }
    }
    return names;
  }

  private static Set<String> known() {
    Set<String> names = new LinkedHashSet<>(AUTO);
    names.addAll(new TreeSet<>(Engine.getAllEngines()));
    names.remove("RPC"); // DJL's client of remote models, which has no arrays of its own
    return names;
  }

  private static EngineStatus status(String name) {
    return KNOWN.computeIfAbsent(name, Engines::load);
  }

  /** Loads an engine and makes an array on it: some libraries fail only then. */
  private static EngineStatus load(String name) {
    if (!Engine.hasEngine(name)) {
      return new EngineStatus(name, null, EngineStatus.ABSENT);
    }
    try {
      Engine engine = Engine.getEngine(name);
      try (NDManager manager = engine.newBaseManager();
          NDArray array = manager.zeros(new Shape(1))) {
        array.toFloatArray();
      }
      return new EngineStatus(name, engine, null);
    } catch (Exception | LinkageError e) {
      LOGGER.debug("engine {} does not load", name, e);
      return new EngineStatus(name, null, rootCause(e));
    }
  }

  private static String rootCause(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null || message.isBlank()
        ? root.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").strip();
  }

  private static void report(List<EngineStatus> passedOver, String chosen) {
    if (passedOver.isEmpty()) {
      return;
    }
    if (passedOver.stream().anyMatch(EngineStatus::isPresent)) {
      LOGGER.warn("passed over {}; running on {}", reasons(passedOver), chosen);
    } else {
      LOGGER.info("passed over {}; running on {}", reasons(passedOver), chosen);
    }
  }

  private static String reasons(List<EngineStatus> statuses) {
    return statuses.stream()
        .map(s -> s.name() + " (" + s.problem() + ")")
        .collect(Collectors.joining(", "));
  }
}
