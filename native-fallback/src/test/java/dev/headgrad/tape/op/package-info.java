@NullMarked
package dev.headgrad.tape.op;

import org.jspecify.annotations.NullMarked;
