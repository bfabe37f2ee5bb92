package dev.headgrad.tape.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The vectors that kernels compute with: as long as the processor's, or as the system property
 * {@code headgrad.vector.bits} says (128, 256 or 512; the Java code of the Vector API stands in for
 * lengths that the processor does not have). Kernels work for each of these lengths, and for no
 * other: a tile of two vectors of doubles has at least 4 columns, and a cache line at least one
 * vector.
 */
public final class Species {

  private static final VectorShape SHAPE = shape(System.getProperty("headgrad.vector.bits"));

  /** Vectors of floats. */
  public static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);

  /** Vectors of doubles. */
  public static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SHAPE);

  private Species() {}

  private static VectorShape shape(@Nullable String bits) {
    if (bits == null) {
      int own = FloatVector.SPECIES_PREFERRED.vectorBitSize();
      return VectorShape.forBitSize(Math.max(128, Math.min(512, own)));
    }
    return switch (bits) {
      case "128" -> VectorShape.S_128_BIT;
      case "256" -> VectorShape.S_256_BIT;
      case "512" -> VectorShape.S_512_BIT;
      default ->
          throw new IllegalArgumentException(
              "headgrad.vector.bits must be 128, 256 or 512, but is " + bits);
    };
  }
}
