package dev.headgrad.examples;

import ai.djl.engine.EngineException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** Runs the examples by name; without one, the head-gradient program. */
public final class Launcher {

  private Launcher() {}

  private static final Map<String, Entry> EXAMPLES = new LinkedHashMap<>();

  private record Entry(String description, Example example) {}

  static {
    add("head-gradient", "what the head in y.backward(head) is", new HeadGradient());
    add("head-gradient-kotlin", "the same program in Kotlin", new HeadGradientKotlin());
    add("autograd", "the autograd page, cell by cell", new AutogradPage());
    add("ndarray", "the page on manipulating data with ndarray", new NdarrayPage());
    add(
        "linear-regression-scratch",
        "minibatch SGD by hand on noisy data",
        new LinearRegressionScratch());
    add(
        "linear-regression-gluon",
        "the same with a layer and a trainer",
        new LinearRegressionGluon());
    add("higher-order", "gradients of gradients, and a function of one's own", new HigherOrder());
    add("softmax-scratch", "softmax regression by hand on images", new SoftmaxScratch());
    add("mlp-gluon", "a multilayer perceptron with gluon on images", new MlpGluon());
    add("optimizers", "how far optimizers come in twenty steps", new OptimizersPage());
    add("rnn-scratch", "a character RNN by hand, with clipped gradients", new RnnScratch());
  }

  private static void add(String name, String description, Example example) {
    EXAMPLES.put(name, new Entry(description, example));
  }

  @Command(
      name = "headgrad",
      description = "Examples of autograd with head gradients.",
      mixinStandardHelpOptions = true)
  private static final class Root implements Callable<Integer> {
    @Override
    public Integer call() {
      return new CommandLine(new ExampleCommand(new HeadGradient())).execute();
    }
  }

  @Command(name = "list", description = "names the examples", mixinStandardHelpOptions = true)
  private static final class ListExamples implements Callable<Integer> {
    @picocli.CommandLine.Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      EXAMPLES.forEach((name, entry) -> out.printf("%-28s%s%n", name, entry.description()));
      out.flush();
      return 0;
    }
  }

  /** The examples, by name. */
  static Example example(String name) {
    Entry entry = EXAMPLES.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "there is no example " + name + ", but " + EXAMPLES.keySet());
    }
    return entry.example();
  }

  /** The whole command line. */
  static CommandLine commandLine() {
    CommandLine root = new CommandLine(new Root());
    root.addSubcommand(new ListExamples());
    root.addSubcommand(new Doctor());
    root.addSubcommand(new Memory());
    EXAMPLES.forEach(
        (name, entry) -> {
          CommandLine command = new CommandLine(new ExampleCommand(entry.example()));
          command.getCommandSpec().usageMessage().description("Runs " + entry.description() + ".");
          root.addSubcommand(name, command);
        });
    root.setExecutionExceptionHandler(Launcher::report);
    return root;
  }

  /** What the user did wrong is said in one line; anything else is a bug and shows its trace. */
  private static int report(Exception e, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof IllegalArgumentException
        || e instanceof IllegalStateException
        || e instanceof EngineException) {
      command.getErr().println(e.getMessage());
      return 1;
    }
    throw e;
  }

  /**
   * Runs a command and ends the process with its exit code if that is not 0.
   *
   * @param args a command and its options; {@code list} names them all
   */
  public static void main(String[] args) {
    int code = commandLine().execute(args);
    if (code != 0) {
      System.exit(code);
    }
  }
}
