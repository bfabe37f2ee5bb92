package dev.headgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LauncherTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... args) {
    CommandLine line = Launcher.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  @Test
  void listNamesEveryExample() {
    assertEquals(0, execute("list"));
    assertTrue(out.toString().contains("linear-regression-scratch"), out.toString());
  }

  @Test
  void doctorNamesTheEngineThatAutoPicks() {
    assertEquals(0, execute("doctor"));
    assertTrue(out.toString().contains("JavaTape      works"), out.toString());
    assertTrue(out.toString().contains("chosen"), out.toString());
  }

  @Test
  void doctorSaysWhetherJavaTapeComputesOnVectors() {
    assertEquals(0, execute("doctor"));
    assertTrue(
        out.toString().contains("Vector API    on" + System.lineSeparator()), out.toString());
    assertTrue(Doctor.vectorApi(true, false).contains("not used"));
    assertTrue(Doctor.vectorApi(false, false).contains("--add-modules jdk.incubator.vector"));
  }

  @Test
  void anUnknownEngineIsAnErrorInOneLine() {
    assertEquals(1, execute("head-gradient", "--engine", "NoSuchEngine"));
    assertTrue(
        err.toString().startsWith("there is no engine \"NoSuchEngine\"; known are [MXNet, "),
        err.toString());
    assertEquals(1, err.toString().lines().count());
  }

  @Test
  void anUnknownCommandIsAnError() {
    assertEquals(2, execute("nothing"));
  }
}
