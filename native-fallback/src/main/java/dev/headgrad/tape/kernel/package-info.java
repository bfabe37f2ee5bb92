/**
 * Numeric kernels on primitive arrays: no shapes, no arrays of any engine, no memory of their own
 * beyond scratch space.
 *
 * <p>Every kernel takes its arrays with offsets. Reading and writing the same array is allowed
 * where the same element is read and written (an elementwise kernel in place), and nowhere else.
 */
@NullMarked
package dev.headgrad.tape.kernel;

import org.jspecify.annotations.NullMarked;
