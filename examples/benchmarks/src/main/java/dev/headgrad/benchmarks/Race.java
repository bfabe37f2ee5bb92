package dev.headgrad.benchmarks;

import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs programs on entrants in turns, so that what disturbs the machine for a while disturbs all of
 * them.
 *
 * @param entrants who takes part
 * @param rounds how many measurements of each
 * @param warmUp milliseconds of warming up, once; more while compilers are busy
 * @param sample milliseconds of one measurement
 * @param rest milliseconds of doing nothing before each program
 */
record Race(List<Entrant> entrants, int rounds, long warmUp, long sample, long rest) {

  /** How many training steps the process runs whose memory is measured. */
  private static final int STEPS = 200;

  /** A program on an entrant. */
  record Runner(Entrant entrant, Program program) {}

  /** One measurement. */
  @FunctionalInterface
  private interface Turn<K> {
    double take(K key) throws IOException;
  }

  /** Measures a program on every entrant. */
  Row run(Program program) {
    List<Runner> runners = entrants.stream().map(entrant -> new Runner(entrant, program)).toList();
    Map<Entrant, Result> results = new EnumMap<>(Entrant.class);
    times(runners).forEach((runner, result) -> results.put(runner.entrant(), result));
    return new Row(
        program.id(), program.title(), Row.Unit.TIME, program.goal(), program.bound(), results);
  }

  /** Nanoseconds per run, each runner in a process of its own that lives through all rounds. */
  Map<Runner, Result> times(List<Runner> runners) {
    Map<Runner, Child> children = new LinkedHashMap<>();
    Map<Runner, Result> results = new LinkedHashMap<>();
    pause();
    try {
      for (Runner runner : runners) {
        try {
          Child child = new Child(runner.entrant(), runner.program());
          children.put(runner, child);
          child.ask("warm " + warmUp);
        } catch (IOException e) {
          results.put(runner, Result.failed(String.valueOf(e.getMessage())));
        }
      }
      Map<Runner, Child> ready = new LinkedHashMap<>(children);
      ready.keySet().removeAll(results.keySet());
      inTurns(List.copyOf(ready.entrySet()), rounds, e -> e.getValue().ask("measure " + sample))
          .forEach((entry, result) -> results.put(entry.getKey(), result));
      return results;
    } finally {
      children.values().forEach(Child::close);
    }
  }

  private void pause() {
    try {
      Thread.sleep(rest);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Milliseconds from the start of a process to its first gradient on the screen. */
  Row start() {
    Map<Entrant, Result> results =
        inTurns(
            entrants,
            rounds,
            entrant -> {
              long start = System.nanoTime();
              Java.answers(
                  Java.command(
                      entrant.options(), FirstGradient.class, Java.errors(), entrant.engine()));
              return System.nanoTime() - start;
            });
    return new Row(
        "start",
        "process start to first gradient printed",
        Row.Unit.LONG_TIME,
        Goal.START,
        null,
        results);
  }

  /** The most memory that a process takes which trains LeNet. */
  Row memory() {
    Program leNet = Programs.get("lenet");
    Map<Entrant, Result> results =
        inTurns(
            entrants,
            Math.min(3, rounds),
            entrant -> {
              try (Child child = new Child(entrant, leNet)) {
                child.ask("repeat " + STEPS);
                return child.ask("peak");
              }
            });
    return new Row(
        "memory",
        "peak memory of a process that trains LeNet for " + STEPS + " steps",
        Row.Unit.MEMORY,
        Goal.FASTER,
        null,
        results);
  }

  /** Measures round by round; who fails once is out. */
  private static <K> Map<K, Result> inTurns(List<K> keys, int rounds, Turn<K> turn) {
    Map<K, Result> results = new LinkedHashMap<>();
    Map<K, double[]> values = new LinkedHashMap<>();
    keys.forEach(key -> values.put(key, new double[rounds]));
    for (int round = 0; round < rounds; round++) {
      int current = round;
      values.forEach(
          (key, measured) -> {
            if (!results.containsKey(key)) {
              try {
                measured[current] = turn.take(key);
              } catch (IOException e) {
                results.put(key, Result.failed(String.valueOf(e.getMessage())));
              }
            }
          });
    }
    values.forEach((key, measured) -> results.putIfAbsent(key, Result.of(new Series(measured))));
    return results;
  }
}
