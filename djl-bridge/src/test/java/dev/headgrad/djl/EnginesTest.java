package dev.headgrad.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice of an engine, in processes of their own whose natives are missing or broken. */
class EnginesTest {

  /** Prints the engine that is chosen, or why there is none. */
  static final class Choose {
    public static void main(String[] args) {
      try {
        System.out.println("chosen: " + Engines.choose(args[0]).getEngineName());
      } catch (IllegalArgumentException | IllegalStateException e) {
        System.out.println("refused: " + e.getMessage());
        System.exit(1);
      }
    }
  }

  private record Outcome(int exit, List<String> lines) {
    List<String> logged() {
      return lines.stream().filter(l -> l.contains(Engines.class.getName())).toList();
    }

    String last() {
      return lines.get(lines.size() - 1);
    }
  }

  private static Outcome choose(String spec, List<String> options, String... withoutJars)
      throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(
                jar -> Arrays.stream(withoutJars).noneMatch(new File(jar).getName()::startsWith))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dai.djl.offline=true");
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, Choose.class.getName(), spec));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OPT_OUT_TRACKING", "true");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output.strip().lines().toList());
  }

  @Test
  void anEngineThatIsNotOnTheClassPathIsPassedOver() throws Exception {
    Outcome outcome = choose("MXNet,JavaTape", List.of(), "mxnet-");
    assertEquals("chosen: JavaTape", outcome.last());
    assertEquals(0, outcome.exit());
  }

  @Test
  void anEngineWithoutItsNativeLibraryIsPassedOverWithOneLine(@TempDir Path cache)
      throws Exception {
    List<String> options = List.of("-DENGINE_CACHE_DIR=" + cache, "-DDJL_CACHE_DIR=" + cache);
    Outcome outcome = choose("MXNet,JavaTape", options, "mxnet-native");
    assertEquals("chosen: JavaTape", outcome.last(), outcome.lines().toString());
    assertEquals(1, outcome.logged().size(), outcome.lines().toString());
    assertTrue(outcome.logged().get(0).contains("passed over MXNet ("), outcome.logged().get(0));
    assertTrue(outcome.logged().get(0).endsWith("running on JavaTape"), outcome.logged().get(0));
  }

  @Test
  void anEngineWithoutItsNativeLibraryAloneIsAnErrorWithTheReason(@TempDir Path cache)
      throws Exception {
    List<String> options = List.of("-DENGINE_CACHE_DIR=" + cache, "-DDJL_CACHE_DIR=" + cache);
    Outcome outcome = choose("MXNet", options, "mxnet-native");
    assertEquals(1, outcome.exit());
    assertTrue(
        outcome.last().startsWith("refused: no engine of \"MXNet\" can be used: MXNet ("),
        outcome.lines().toString());
  }

  @Test
  void aBrokenNativeLibraryIsPassedOver(@TempDir Path folder) throws Exception {
    Path broken = folder.resolve(System.mapLibraryName("mxnet"));
    Files.writeString(broken, "not a library");
    List<String> options =
        List.of("-DMXNET_LIBRARY_PATH=" + folder, "-Djna.library.path=" + folder);
    Outcome outcome = choose("MXNet,JavaTape", options);
    assertEquals("chosen: JavaTape", outcome.last(), outcome.lines().toString());
    assertEquals(1, outcome.logged().size(), outcome.lines().toString());
    Outcome alone = choose("MXNet", options);
    assertEquals(1, alone.exit(), alone.lines().toString());
    assertTrue(alone.last().contains("MXNet ("), alone.lines().toString());
  }

  @Test
  void anUnknownEngineIsAnErrorThatListsTheKnownOnes() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Engines.choose("NoSuchEngine"));
    assertTrue(
        String.valueOf(e.getMessage())
            .startsWith("there is no engine \"NoSuchEngine\"; known are [MXNet, PyTorch, JavaTape"),
        e.getMessage());
  }

  @Test
  void configurationIsLookedForInOrder() {
    assertEquals("auto", Engines.wanted().spec());
    System.setProperty("ai.djl.default_engine", "PyTorch");
    try {
      assertEquals(
          new Engines.Wanted("PyTorch", "the system property ai.djl.default_engine"),
          Engines.wanted());
      System.setProperty("headgrad.engine", "JavaTape");
      assertEquals(
          new Engines.Wanted("JavaTape", "the system property headgrad.engine"), Engines.wanted());
      assertEquals("JavaTape", Engines.choose().getEngineName());
    } finally {
      System.clearProperty("headgrad.engine");
      System.clearProperty("ai.djl.default_engine");
    }
  }

  @Test
  void probeKnowsEveryEngine() {
    List<EngineStatus> statuses = Engines.probe();
    assertEquals(
        List.of("MXNet", "PyTorch", "JavaTape"),
        statuses.stream().map(EngineStatus::name).limit(3).toList());
    assertTrue(statuses.get(2).isUsable());
    assertFalse(statuses.stream().anyMatch(s -> s.name().equals("RPC")));
  }
}
