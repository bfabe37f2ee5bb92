package dev.headgrad.conformance.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test of items of the contract: 1 to 12 for what is MXNet's, D1 to D15 for what is not. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Holds {

  /** The items. */
  String[] value();
}
