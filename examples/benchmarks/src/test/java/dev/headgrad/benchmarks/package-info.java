/** Tests of the benchmarks; none of them takes times. */
package dev.headgrad.benchmarks;
