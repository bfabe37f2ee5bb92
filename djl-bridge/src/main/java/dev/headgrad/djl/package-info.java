/** Autograd with head gradients on plain DJL arrays. */
@NullMarked
package dev.headgrad.djl;

import org.jspecify.annotations.NullMarked;
