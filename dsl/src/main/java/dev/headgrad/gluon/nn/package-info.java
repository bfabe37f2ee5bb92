/** Networks of layers: MXNet's {@code gluon.nn}. */
@NullMarked
package dev.headgrad.gluon.nn;

import org.jspecify.annotations.NullMarked;
