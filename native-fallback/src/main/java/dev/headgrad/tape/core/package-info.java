/** Arrays in storage with a layout, and the tape that hangs on them. */
@NullMarked
package dev.headgrad.tape.core;

import org.jspecify.annotations.NullMarked;
