package dev.headgrad.benchmarks;

import java.util.List;
import java.util.stream.Stream;

/** All programs, in the order of the table. */
final class Programs {

  private Programs() {}

  /** What is compared between engines. */
  static final List<Program> PEERS =
      Stream.concat(ArrayPrograms.ALL.stream(), NetworkPrograms.ALL.stream()).toList();

  /** The program with this id. */
  static Program get(String id) {
    if (id.contains("@")) {
      return ScalePrograms.get(id);
    }
    return Stream.concat(PEERS.stream(), DslPrograms.ALL.stream())
        .filter(program -> program.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no program " + id));
  }
}
