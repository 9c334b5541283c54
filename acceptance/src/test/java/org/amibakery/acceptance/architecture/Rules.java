package org.amibakery.acceptance.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import io.temporal.workflow.WorkflowInterface;
import java.util.List;

/** States the rules of the house that hold in every folder. */
final class Rules {
    /** What shows without a worker what AWS activities would do, or have done. */
    private static final List<String> PREVIEWS =
            List.of("org.amibakery.cli.PlanRun", "org.amibakery.cli.ImagesRun", "org.amibakery.doctor.LaunchCheckup");

    static final ArchRule ONE_PLACE_FOR_STREAMS = noClasses()
            .that()
            .resideOutsideOfPackage("org.amibakery.cli")
            .should(ACCESS_STANDARD_STREAMS)
            .because("standard output holds a command's result alone, which scripts read; all else is a log");

    static final ArchRule AWS_STAYS_INSIDE = noClasses()
            .that(areOutsideOfAws())
            .should()
            .dependOnClassesThat(resideInAPackage("org.amibakery.(*).aws"))
            .because("a step's AWS side can change as long as only the worker, which assembles it, knows it");

    static final ArchRule IMPL_IS_FOR_WORKFLOWS = classes()
            .that()
            .haveSimpleNameEndingWith("Impl")
            .should()
            .implement(describe("a workflow", type -> type.isAnnotatedWith(WorkflowInterface.class)))
            .allowEmptyShould(true)
            .because("an implementation is named for its means; only a workflow has but one");

    static final ArchRule NAMES_SAY_WHAT_IT_IS = noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helpers?|(?<!Systems)Managers?)")
            .because("such a name says nothing of what the class is (Systems Manager is AWS's own)");

    static final ArchRule STATICS_ARE_FINAL = fields().that()
            .haveModifier(STATIC)
            .should()
            .haveModifier(FINAL)
            .because("one process runs many bakes, and tests, beside each other");

    static final ArchRule STATICS_DO_NOT_COUNT = noFields()
            .that()
            .haveModifier(STATIC)
            .should()
            .haveRawType(resideInAPackage("java.util.concurrent.."))
            .because("a final static that others write to is shared by all bakes of the process as well");

    private Rules() {}

    static ArchRule dependenciesOf(Folder folder) {
        return classes()
                .that(folder.classes())
                .should()
                .onlyDependOnClassesThat(folder.mayUse())
                .because(folder.because());
    }

    static ArchRule noCyclesBelow(String root) {
        return slices().matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("packages that need each other can only be read, and changed, together");
    }

    private static DescribedPredicate<JavaClass> areOutsideOfAws() {
        return describe(
                "are outside of the AWS packages and do not assemble them",
                type -> !type.getPackageName().endsWith(".aws")
                        && !type.getPackageName().equals("org.amibakery.worker")
                        && PREVIEWS.stream().noneMatch(type.getName()::startsWith));
    }
}
