/**
 * Programs to run: what MXNet's tutorials do, in Java. Written as users write, so not null-marked:
 * {@code x.getGrad()} of an array with a gradient needs no check.
 */
package dev.headgrad.examples;
