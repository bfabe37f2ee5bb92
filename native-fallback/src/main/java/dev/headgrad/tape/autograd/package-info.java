/** The walk back along the tape. */
@NullMarked
package dev.headgrad.tape.autograd;

import org.jspecify.annotations.NullMarked;
