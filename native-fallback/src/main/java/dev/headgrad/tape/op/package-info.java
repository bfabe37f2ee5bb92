/** Operations by family: each one's forward kernel and its gradient rule side by side. */
@NullMarked
package dev.headgrad.tape.op;

import org.jspecify.annotations.NullMarked;
