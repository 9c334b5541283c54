package org.amibakery.determinism;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Forbids one class, member or package to workflow code, and says why.
 *
 * @param kind the section of the list it stands in, such as "wall clock"
 * @param remedy what to do instead
 * @param entry as written in the list
 */
record ForbiddenUse(String kind, String remedy, String entry) {
    private static final String WHOLE_PACKAGE = ".*";

    /** Tells where the class uses it, one sentence a place. */
    Stream<String> in(JavaClass subject) {
        if (isMember()) {
            return subject.getAccessesFromSelf().stream().filter(this::isMet).map(JavaAccess::getDescription);
        }
        return subject.getDirectDependenciesFromSelf().stream()
                .filter(dependency -> covers(dependency.getTargetClass().getBaseComponentType()))
                .map(Dependency::getDescription);
    }

    /** Tells whether what it names exists, so that a slip of the pen does not go unseen. */
    boolean exists() {
        if (entry.endsWith(WHOLE_PACKAGE)) {
            return ModuleLayer.boot().modules().stream()
                    .anyMatch(module -> module.getPackages().contains(packageName()));
        }
        return isMember() ? parametersAsDeclared().findAny().isPresent() : owner() != null;
    }

    String explain(String place) {
        return "%s: %s (%s)".formatted(kind.toUpperCase(Locale.ROOT), place, remedy);
    }

    private boolean isMember() {
        return entry.contains("#");
    }

    private boolean covers(JavaClass used) {
        if (entry.endsWith(WHOLE_PACKAGE)) {
            return used.getPackageName().equals(packageName());
        }
        return used.isAssignableTo(entry);
    }

    private boolean isMet(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        return target.getName().equals(memberName())
                && target.getOwner().isAssignableTo(className())
                && parametersAsDeclared().anyMatch(parametersOf(target)::equals);
    }

    /** The parameters it forbids the member with: a method of ours that shares but the name is another. */
    private Stream<List<String>> parametersAsDeclared() {
        return entry.endsWith("()")
                ? Stream.of(List.of())
                : declarations().filter(this::isNamed).map(Declaration::parameters);
    }

    private boolean isNamed(Declaration declaration) {
        return declaration.name().equals(memberName());
    }

    private Stream<Declaration> declarations() {
        Class<?> owner = owner();
        return Stream.of(owner.getConstructors(), owner.getMethods(), owner.getFields())
                .flatMap(Arrays::stream)
                .map(Declaration::of);
    }

    private static List<String> parametersOf(AccessTarget target) {
        return target instanceof CodeUnitAccessTarget called
                ? called.getRawParameterTypes().stream().map(JavaClass::getName).toList()
                : List.of();
    }

    private Class<?> owner() {
        try {
            return Class.forName(className());
        } catch (ClassNotFoundException misspelt) {
            throw new IllegalStateException("The list forbids %s, which does not exist.".formatted(entry), misspelt);
        }
    }

    private String className() {
        return isMember() ? entry.substring(0, entry.indexOf('#')) : entry;
    }

    private String memberName() {
        return entry.substring(entry.indexOf('#') + 1).replace("()", "");
    }

    private String packageName() {
        return entry.substring(0, entry.length() - WHOLE_PACKAGE.length());
    }

    /** A public constructor, method or field as Java's own reflection tells it. */
    private record Declaration(String name, List<String> parameters) {
        static Declaration of(Member member) {
            if (member instanceof Executable code) {
                String name = code instanceof Constructor ? "<init>" : code.getName();
                return new Declaration(
                        name,
                        Arrays.stream(code.getParameterTypes())
                                .map(Class::getName)
                                .toList());
            }
            return new Declaration(member.getName(), List.of());
        }
    }
}
