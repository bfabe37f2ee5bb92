/** JavaTape, a DJL engine in pure Java. */
@NullMarked
package dev.headgrad.tape;

import org.jspecify.annotations.NullMarked;
