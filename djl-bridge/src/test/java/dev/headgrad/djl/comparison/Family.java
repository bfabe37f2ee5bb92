package dev.headgrad.djl.comparison;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Named programs on plain DJL arrays that belong together: what they return is compared. */
final class Family {

  private final String name;
  private final Map<String, Function<NDManager, NDList>> programs = new LinkedHashMap<>();

  Family(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  Map<String, Function<NDManager, NDList>> programs() {
    return Collections.unmodifiableMap(programs);
  }

  Family add(String program, Function<NDManager, NDArray> body) {
    return addList(program, manager -> new NDList(body.apply(manager)));
  }

  Family addList(String program, Function<NDManager, NDList> body) {
    if (programs.put(program, body) != null) {
      throw new IllegalArgumentException("two programs are named " + name + "/" + program);
    }
    return this;
  }

  /** One program for each of the inputs. */
  Family unary(String operation, UnaryOperator<NDArray> body, Input... inputs) {
    for (Input x : inputs) {
      add(operation + " " + x.label(), manager -> body.apply(x.on(manager)));
    }
    return this;
  }

  /** One program for each of the inputs, with several results. */
  Family unaryList(String operation, Function<NDArray, NDList> body, Input... inputs) {
    for (Input x : inputs) {
      addList(operation + " " + x.label(), manager -> body.apply(x.on(manager)));
    }
    return this;
  }

  /** One program for each pair of inputs. */
  Family binary(String operation, BinaryOperator<NDArray> body, Input[]... pairs) {
    for (Input[] pair : pairs) {
      add(
          operation + " " + pair[0].label() + ", " + pair[1].label(),
          manager -> body.apply(pair[0].on(manager), pair[1].on(manager)));
    }
    return this;
  }
}
