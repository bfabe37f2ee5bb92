/** Parts of MXNet's gluon. */
@NullMarked
package dev.headgrad.gluon;

import org.jspecify.annotations.NullMarked;
