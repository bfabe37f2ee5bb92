package dev.headgrad.tape;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.headgrad", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule callsGoDownward =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("face")
          .definedBy("dev.headgrad.tape")
          .layer("autograd")
          .definedBy("dev.headgrad.tape.autograd")
          .layer("op")
          .definedBy("dev.headgrad.tape.op")
          .layer("core")
          .definedBy("dev.headgrad.tape.core")
          .layer("kernel")
          .definedBy("dev.headgrad.tape.kernel..")
          .whereLayer("face")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("autograd")
          .mayOnlyBeAccessedByLayers("face")
          .whereLayer("op")
          .mayOnlyBeAccessedByLayers("face", "autograd")
          .whereLayer("core")
          .mayOnlyBeAccessedByLayers("face", "autograd", "op");

  @ArchTest
  static final ArchRule theEngineKnowsOnlyDjlAndSmallLibraries =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.headgrad", "dev.headgrad.djl..", "ai.djl.mxnet..", "ai.djl.pytorch..");

  @ArchTest
  static final ArchRule kernelsKnowNoArrays =
      classes()
          .that()
          .resideInAPackage("dev.headgrad.tape.kernel..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "jdk.incubator.vector",
              "org.jspecify..",
              "org.apache.commons.numbers..",
              "dev.headgrad.tape.kernel..");

  @ArchTest
  static final ArchRule packagesDependOnEachOtherOneWay =
      slices().matching("dev.headgrad.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theVectorApiStaysInTheKernels =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.headgrad.tape.kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector");

  /** So that no kernel computes with vectors of a length that it was not tested with. */
  @ArchTest
  static final ArchRule lengthsOfVectorsComeFromOnePlace =
      noClasses()
          .that()
          .doNotHaveSimpleName("Species")
          .should()
          .accessFieldWhere(
              describe(
                  "it is a species of the Vector API",
                  access -> access.getTarget().getName().startsWith("SPECIES_")));

  /**
   * Where C2 inlines a loop deep into what calls it, vectors become objects. The tiles are too long
   * to be inlined, and functions of vectors have no loops.
   */
  @ArchTest
  static final ArchRule loopsOfVectorsAreCompiledAlone =
      classes()
          .that()
          .areNotAssignableTo("dev.headgrad.tape.kernel.CompiledAlone")
          .and()
          .haveSimpleNameNotEndingWith("Tile")
          .and()
          .doNotHaveSimpleName("VectorMath")
          .and()
          .doNotHaveSimpleName("Vectors")
          .should()
          .onlyCallMethodsThat(
              describe(
                  "read or write no vector",
                  method ->
                      !method.getOwner().getPackageName().equals("jdk.incubator.vector")
                          || !method.getName().matches("fromArray|intoArray")));
}
