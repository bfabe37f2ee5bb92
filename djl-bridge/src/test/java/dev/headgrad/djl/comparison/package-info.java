/** What JavaTape gives, compared with what MXNet and PyTorch give for the same plain DJL code. */
@NullMarked
package dev.headgrad.djl.comparison;

import org.jspecify.annotations.NullMarked;
