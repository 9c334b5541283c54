package org.amibakery.acceptance.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.Source;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Names the folders of the house, from the ground up, with what each may use: the table of docs/architecture.md. */
@SuppressWarnings("ImmutableEnumChecker") // both lists are made by List.of
public enum Folder {
    WORKFLOWS(
            "workflows say what happens; how it is done on AWS is the activities' business",
            List.of(),
            List.of("io.temporal..", "com.fasterxml.jackson..", "org.slf4j..")),
    LAMBDAS(
            "the functions run inside AWS, where neither Temporal nor the worker is",
            List.of(),
            List.of("software.amazon.awssdk..", "com.amazonaws.services.lambda.runtime..", "com.fasterxml.jackson..")),
    SIMULATOR(
            "a stand-in for AWS that knew the product would answer what the product expects",
            List.of(),
            List.of("software.amazon.awssdk..", "com.fasterxml.jackson..", "org.eclipse.jetty..", "org.slf4j..")),
    ACTIVITIES(
            "activities meet AWS by the real SDK and never know whether a simulator answers",
            List.of(WORKFLOWS, LAMBDAS),
            List.of(
                    "io.temporal..",
                    "io.grpc..",
                    "software.amazon.awssdk..",
                    "com.cronutils..",
                    "com.fasterxml.jackson..",
                    "com.google.errorprone.annotations..",
                    "com.networknt.schema..",
                    "org.slf4j..",
                    "org.yaml.snakeyaml..")),
    WORKER("the process assembles everything", List.of(WORKFLOWS, LAMBDAS, SIMULATOR, ACTIVITIES), List.of("*.."));

    private final String because;
    private final List<Folder> folders;
    private final List<String> libraries;

    Folder(String because, List<Folder> folders, List<String> libraries) {
        this.because = because;
        this.folders = folders;
        this.libraries = libraries;
    }

    /** The folder a class is built in; none for those of libraries and of tests. */
    static Optional<Folder> of(JavaClass subject) {
        if (!subject.getPackageName().startsWith("org.amibakery")) {
            return Optional.empty(); // most are, and need no look at where they come from
        }
        Optional<AsIfIn> pretended = subject.tryGetAnnotationOfType(AsIfIn.class);
        if (pretended.isPresent()) {
            return pretended.map(AsIfIn::value);
        }
        return Arrays.stream(values()).filter(folder -> folder.built(subject)).findFirst();
    }

    String because() {
        return because;
    }

    DescribedPredicate<JavaClass> classes() {
        return DescribedPredicate.describe(
                "are built in " + this, it -> of(it.getBaseComponentType()).equals(Optional.of(this)));
    }

    /** What its classes may depend on: those of the folders below it, of its libraries and of Java. */
    DescribedPredicate<JavaClass> mayUse() {
        Set<Folder> allowed = EnumSet.of(this);
        allowed.addAll(folders);
        DescribedPredicate<JavaClass> ours = resideInAPackage("org.amibakery..");
        DescribedPredicate<JavaClass> ourAllowed = DescribedPredicate.describe(
                "are built in one of " + allowed,
                it -> of(it.getBaseComponentType()).filter(allowed::contains).isPresent());
        DescribedPredicate<JavaClass> foreign = DescribedPredicate.not(ours)
                .and(resideInAnyPackage("java..", "javax..")
                        .or(resideInAnyPackage(libraries.toArray(String[]::new)))
                        .or(DescribedPredicate.describe("are primitive", JavaClass::isPrimitive)));
        return ourAllowed.or(foreign);
    }

    private boolean built(JavaClass subject) {
        String place =
                subject.getSource().map(Source::getUri).map(Object::toString).orElse("");
        return place.matches(".*/" + this + "/target/(classes/|[^/]+\\.jar!).*")
                || place.matches(".*/" + this + "-[^/]+\\.jar!.*");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
