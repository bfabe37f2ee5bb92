/** JMH benchmarks of JavaTape's kernels, and of what a call costs before one runs. */
@NullMarked
package dev.headgrad.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
