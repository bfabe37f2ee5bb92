package dev.headgrad;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.headgrad", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theDslKnowsOnlyTheBridge =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.headgrad",
              "dev.headgrad.gluon..",
              "dev.headgrad.optimizer..",
              "dev.headgrad.print..",
              "dev.headgrad.random..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.headgrad.tape..", "ai.djl.mxnet..", "ai.djl.pytorch..");

  @ArchTest
  static final ArchRule theBridgeDoesNotKnowTheDsl =
      noClasses()
          .that()
          .resideInAPackage("dev.headgrad.djl..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.headgrad",
              "dev.headgrad.gluon..",
              "dev.headgrad.optimizer..",
              "dev.headgrad.print..",
              "dev.headgrad.random..");

  @ArchTest
  static final ArchRule theEngineKnowsNeither =
      noClasses()
          .that()
          .resideInAPackage("dev.headgrad.tape..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.headgrad", "dev.headgrad.djl..");
}
