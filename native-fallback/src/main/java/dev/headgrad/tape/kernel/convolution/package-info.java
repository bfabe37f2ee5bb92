/**
 * Convolutions of images and their gradients: by Winograd's algorithm where it suits, else by
 * correlating the images themselves, laid out in planes; in doubles as products of matrices. May
 * import the room matrix.
 */
@NullMarked
package dev.headgrad.tape.kernel.convolution;

import org.jspecify.annotations.NullMarked;
