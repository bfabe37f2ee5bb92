/** Arrays as text, the way MXNet's Python front end and NumPy 1.23 print them. */
@NullMarked
package dev.headgrad.print;

import org.jspecify.annotations.NullMarked;
