/**
 * The largest element and the mean of windows that slide over images. May import the rooms function
 * and convolution, whose windows, planes and tiles it uses.
 */
@NullMarked
package dev.headgrad.tape.kernel.pool;

import org.jspecify.annotations.NullMarked;
