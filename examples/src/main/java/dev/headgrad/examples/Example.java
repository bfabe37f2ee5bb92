package dev.headgrad.examples;

import dev.headgrad.MX;

/** A program that prints the same on every engine. */
public interface Example {

  /** Runs the program. */
  void run(MX mx, Python out);
}
