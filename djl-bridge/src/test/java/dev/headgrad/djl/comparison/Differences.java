package dev.headgrad.djl.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The differences that are known, from {@code differences.txt}. A line {@code # reason} is followed
 * by the lines {@code engine | family/program | kinds} that it explains. In the name of a program,
 * {@code *} stands for anything and {@code {a|b}} for a or b. The kinds are those of {@link
 * Outcome#differenceFrom}, or {@code refused} where JavaTape refuses what the other engine does, or
 * {@code crashes} where the program must not run on the other engine since it ends the process.
 */
final class Differences {

  private final List<Entry> entries = new ArrayList<>();

  private record Entry(String line, String engine, Pattern program, String kinds) {}

  static Differences load() throws IOException {
    InputStream resource = Differences.class.getResourceAsStream("differences.txt");
    if (resource == null) {
      throw new IOException("differences.txt is not beside Differences.class");
    }
    Differences differences = new Differences();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      boolean reasoned = false;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("#")) {
          reasoned = true;
        } else if (line.isBlank()) {
          reasoned = false;
        } else if (reasoned) {
          differences.add(line);
        } else {
          throw new IOException("no reason stands above the difference: " + line);
        }
      }
    }
    return differences;
  }

  private void add(String line) throws IOException {
    String[] parts = line.split(" \\| ");
    if (parts.length != 3) {
      throw new IOException("not \"engine | family/program | kinds\": " + line);
    }
    StringBuilder regex = new StringBuilder();
    for (String token : parts[1].split("(?=[*{|}])|(?<=[*{|}])")) {
      regex.append(
          switch (token) {
            case "*" -> ".*";
            case "{" -> "(?:";
            case "|" -> "|";
            case "}" -> ")";
            default -> Pattern.quote(token);
          });
    }
    entries.add(new Entry(line, parts[0], Pattern.compile(regex.toString()), parts[2]));
  }

  /** The kinds of difference that are listed; empty if the engines are to agree. */
  String expected(String engine, String program) {
    String kinds = "";
    for (Entry entry : entries) {
      if (entry.engine.equals(engine) && entry.program.matcher(program).matches()) {
        if (!kinds.isEmpty()) {
          throw new IllegalStateException("two lines list " + engine + " | " + program);
        }
        kinds = entry.kinds;
      }
    }
    return kinds;
  }

  boolean crashes(String engine, String program) {
    return expected(engine, program).equals("crashes");
  }

  /** The lines that fit none of the programs. */
  List<String> idle(Collection<String> programs) {
    return entries.stream()
        .filter(e -> programs.stream().noneMatch(p -> e.program.matcher(p).matches()))
        .map(Entry::line)
        .toList();
  }
}
