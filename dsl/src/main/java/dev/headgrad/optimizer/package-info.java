/** Rules that change parameters by their gradients: MXNet's {@code mx.optimizer}. */
@NullMarked
package dev.headgrad.optimizer;

import org.jspecify.annotations.NullMarked;
