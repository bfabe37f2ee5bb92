package dev.headgrad.tape.kernel;

/**
 * A class whose static methods are compiled each by itself, and not as a part of what calls them.
 *
 * <p>That it is a kind of Throwable serves only this: HotSpot inlines no method of such a class
 * into others, or at most into the method that calls it. There are no instances.
 *
 * <p>Loops of vectors need it. In methods that C2 has inlined more than 14 calls deep, it no longer
 * knows which class of vectors it deals with from the classes that are loaded, but guesses from the
 * profile; it then misses that some of their methods are instructions, and every vector that passes
 * one becomes an object. How deep a loop would lie depends on the program and on which of its
 * methods is compiled first. What such a loop calls is inlined into it as ever.
 */
public abstract class CompiledAlone extends Throwable {

  /** Never called. */
  protected CompiledAlone() {
    throw new AssertionError("there are no instances");
  }
}
