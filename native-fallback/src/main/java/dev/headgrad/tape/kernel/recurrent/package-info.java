/**
 * Sequences that pass through recurrent cells, and their gradients: what all cells have in common
 * ({@link dev.headgrad.tape.kernel.recurrent.Recurrence}), and each kind of cell. May import the
 * rooms arithmetic, function and matrix.
 */
@NullMarked
package dev.headgrad.tape.kernel.recurrent;

import org.jspecify.annotations.NullMarked;
