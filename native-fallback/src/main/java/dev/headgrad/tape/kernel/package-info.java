/**
 * Numeric kernels on primitive arrays: no shapes, no arrays of any engine, no memory of their own
 * beyond scratch space.
 *
 * <p>Every kernel takes its arrays with offsets. Reading and writing the same array is allowed
 * where the same element is read and written (an elementwise kernel in place), and nowhere else.
 *
 * <p>Here stands what kernels of all rooms use: threads, scratch memory, and what the processor and
 * this JVM can. The rooms are the packages below; this one imports none of them, and no two of them
 * import each other.
 */
@NullMarked
package dev.headgrad.tape.kernel;

import org.jspecify.annotations.NullMarked;
