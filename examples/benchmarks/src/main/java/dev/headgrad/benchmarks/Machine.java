package dev.headgrad.benchmarks;

import java.io.IOException;

/**
 * The limits of the machine: what the best loop could reach on all processors.
 *
 * @param gigaflops peak rate of fused multiply-adds of floats, two operations each
 * @param copyInCache gigabytes read and written in a second, copying 1M floats
 * @param addInCache the same, adding two arrays of 1M floats into a third
 * @param copy the same as {@code copyInCache} for arrays too large for any cache
 * @param add the same as {@code addInCache} for arrays too large for any cache
 */
record Machine(double gigaflops, double copyInCache, double addInCache, double copy, double add) {

  /** Measures in a process of its own. */
  static Machine measure() throws IOException {
    double[] limits =
        Java.answers(Java.command(Entrant.JAVATAPE.options(), MachineLimits.class, Java.errors()))
            .toArray();
    return new Machine(limits[0], limits[1], limits[2], limits[3], limits[4]);
  }
}
