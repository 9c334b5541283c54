package org.amibakery.acceptance.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.amibakery.acceptance.architecture.offenders.BakeUtils;
import org.amibakery.acceptance.architecture.offenders.CloudWorkflow;
import org.amibakery.acceptance.architecture.offenders.CountingStatic;
import org.amibakery.acceptance.architecture.offenders.InsideActivities;
import org.amibakery.acceptance.architecture.offenders.KnowingSimulator;
import org.amibakery.acceptance.architecture.offenders.ListImpl;
import org.amibakery.acceptance.architecture.offenders.MutableStatic;
import org.amibakery.acceptance.architecture.offenders.Printer;
import org.amibakery.acceptance.architecture.offenders.SimulatedActivities;
import org.amibakery.acceptance.architecture.offenders.TemporalFunction;
import org.amibakery.acceptance.architecture.offenders.cycle.baker.Baker;
import org.amibakery.acceptance.architecture.offenders.cycle.oven.Oven;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the product to the rules of its house; each rule is shown to catch a class that breaks it. */
class ArchitectureTest {
    private static final String OFFENDERS = "org.amibakery.acceptance.architecture.offenders";

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.amibakery");

    @ParameterizedTest
    @EnumSource
    void every_folder_has_classes_to_be_judged(Folder folder) {
        assertThat(PRODUCT.that(folder.classes())).hasSizeGreaterThan(10);
    }

    @Test
    void every_class_has_a_folder() {
        assertThat(PRODUCT).allSatisfy(type -> assertThat(Folder.of(type)).isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void a_folder_uses_only_what_stands_below_it(Folder folder) {
        Rules.dependenciesOf(folder).check(PRODUCT);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_product_keeps_to(ArchRule rule) {
        rule.check(PRODUCT);
    }

    static Stream<ArchRule> rules() {
        return Stream.of(
                Rules.noCyclesBelow("org.amibakery"),
                Rules.ONE_PLACE_FOR_STREAMS,
                Rules.AWS_STAYS_INSIDE,
                Rules.IMPL_IS_FOR_WORKFLOWS,
                Rules.NAMES_SAY_WHAT_IT_IS,
                Rules.STATICS_ARE_FINAL,
                Rules.STATICS_DO_NOT_COUNT);
    }

    @ParameterizedTest
    @MethodSource("offences")
    void a_class_that_breaks_a_rule_is_caught(ArchRule rule, Class<?> offender, String word) {
        JavaClasses offenders = new ClassFileImporter().importClasses(offender);

        assertThatThrownBy(() -> rule.check(offenders))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(offender.getSimpleName(), word);
    }

    static Stream<Arguments> offences() {
        return Stream.of(
                Arguments.of(Rules.dependenciesOf(Folder.WORKFLOWS), CloudWorkflow.class, "Ec2Client"),
                Arguments.of(Rules.dependenciesOf(Folder.LAMBDAS), TemporalFunction.class, "WorkflowClient"),
                Arguments.of(Rules.dependenciesOf(Folder.SIMULATOR), KnowingSimulator.class, "BakeRequest"),
                Arguments.of(Rules.dependenciesOf(Folder.ACTIVITIES), SimulatedActivities.class, "simulator.Simulator"),
                Arguments.of(Rules.ONE_PLACE_FOR_STREAMS, Printer.class, "System.out"),
                Arguments.of(Rules.AWS_STAYS_INSIDE, InsideActivities.class, "Ec2ImageActivities"),
                Arguments.of(Rules.IMPL_IS_FOR_WORKFLOWS, ListImpl.class, "a workflow"),
                Arguments.of(Rules.NAMES_SAY_WHAT_IT_IS, BakeUtils.class, "Utils"),
                Arguments.of(Rules.STATICS_ARE_FINAL, MutableStatic.class, "last"),
                Arguments.of(Rules.STATICS_DO_NOT_COUNT, CountingStatic.class, "BAKES"));
    }

    @Test
    void packages_that_need_each_other_are_caught() {
        JavaClasses circle = new ClassFileImporter().importClasses(Baker.class, Oven.class);

        assertThatThrownBy(() -> Rules.noCyclesBelow(OFFENDERS).check(circle))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("Cycle detected", "cycle.oven", "cycle.baker");
    }
}
