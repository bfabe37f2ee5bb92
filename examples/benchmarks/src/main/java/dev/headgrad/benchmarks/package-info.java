/**
 * What JavaTape costs beside MXNet and PyTorch: programs written once against DJL's API, run on
 * every engine in turns.
 */
@NullMarked
package dev.headgrad.benchmarks;

import org.jspecify.annotations.NullMarked;
