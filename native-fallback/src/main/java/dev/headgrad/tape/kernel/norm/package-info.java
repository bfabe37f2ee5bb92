/**
 * Normalization and its gradient, of the channels of images, of the rows of a matrix, and of its
 * columns. May import the room function.
 */
@NullMarked
package dev.headgrad.tape.kernel.norm;

import org.jspecify.annotations.NullMarked;
