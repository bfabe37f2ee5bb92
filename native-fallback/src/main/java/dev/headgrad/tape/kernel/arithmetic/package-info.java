/**
 * Arithmetic element by element: of two runs of numbers, of rows and one row, of complex numbers,
 * and of the update rules of optimizers. Imports no other room.
 */
@NullMarked
package dev.headgrad.tape.kernel.arithmetic;

import org.jspecify.annotations.NullMarked;
