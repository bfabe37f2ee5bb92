/**
 * Functions of every element of a run ({@link dev.headgrad.tape.kernel.function.Simd}) and of a run
 * as a whole ({@link dev.headgrad.tape.kernel.function.Folds}), each on the Vector API and without
 * it. May import the room arithmetic.
 */
@NullMarked
package dev.headgrad.tape.kernel.function;

import org.jspecify.annotations.NullMarked;
