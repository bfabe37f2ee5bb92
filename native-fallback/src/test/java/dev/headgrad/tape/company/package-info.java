/** JavaTape beside another engine, for which it does the work on arrays. */
@NullMarked
package dev.headgrad.tape.company;

import org.jspecify.annotations.NullMarked;
