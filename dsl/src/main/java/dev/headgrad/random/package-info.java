/** MXNet's random numbers in pure Java: the same seed gives the same numbers as in Python. */
@NullMarked
package dev.headgrad.random;

import org.jspecify.annotations.NullMarked;
