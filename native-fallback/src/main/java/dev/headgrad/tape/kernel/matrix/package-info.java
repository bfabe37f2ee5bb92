/**
 * Products of matrices ({@link dev.headgrad.tape.kernel.matrix.Gemm}) and their transposition. A
 * product is cut into blocks, the blocks are copied to the order in which tiles read them, and
 * tiles multiply. May import the room function.
 */
@NullMarked
package dev.headgrad.tape.kernel.matrix;

import org.jspecify.annotations.NullMarked;
