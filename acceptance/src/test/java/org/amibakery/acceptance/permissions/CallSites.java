package org.amibakery.acceptance.permissions;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds in the product's own code every operation of AWS that it can call, whether or not a run came by. */
final class CallSites {
    /** What clients have beside operations. */
    private static final Set<String> NO_OPERATIONS = Set.of("close", "serviceClientConfiguration", "builder", "create");

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.amibakery");

    private CallSites() {}

    /** The operations that a principal's classes call, such as Ec2Client.RunInstances. */
    static Set<String> of(Principal principal) {
        Set<String> operations = new TreeSet<>();
        PRODUCT.stream()
                .filter(principal::runs)
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .flatMap(CallSites::operation)
                .forEach(operations::add);
        return operations;
    }

    /** A paginator calls the operation itself; getObjectAsBytes is GetObject with another shape of answer. */
    private static Stream<String> operation(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        String name = call.getName().replaceFirst("(Paginator|AsBytes)$", "");
        boolean client = owner.getName().startsWith("software.amazon.awssdk.services.")
                && owner.getSimpleName().endsWith("Client");
        if (!client || NO_OPERATIONS.contains(name)) {
            return Stream.empty();
        }
        return Stream.of(
                "%s.%s%s".formatted(owner.getSimpleName(), Character.toUpperCase(name.charAt(0)), name.substring(1)));
    }
}
