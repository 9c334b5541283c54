package org.amibakery.determinism;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the list of what workflow code may not touch. */
final class ForbiddenUses {
    private static final String LIST = "forbidden-in-workflow-code.txt";

    private ForbiddenUses() {}

    static List<ForbiddenUse> all() {
        List<ForbiddenUse> uses = new ArrayList<>();
        String kind = "";
        String remedy = "";
        for (String line : lines()) {
            if (line.startsWith("[")) {
                kind = line.substring(1, line.indexOf(']'));
                remedy = line.substring(line.indexOf(']') + 1).strip();
            } else if (!line.isBlank() && !line.startsWith("#")) {
                uses.add(new ForbiddenUse(kind, remedy, line.strip()));
            }
        }
        return uses;
    }

    /** Is violated once for every place in a class where something of the list is used. */
    static ArchCondition<JavaClass> areAbsent() {
        List<ForbiddenUse> forbidden = all();
        return new ArchCondition<>("use nothing of " + LIST) {
            @Override
            public void check(JavaClass subject, ConditionEvents events) {
                forbidden.forEach(use -> use.in(subject)
                        .map(use::explain)
                        .forEach(problem -> events.add(SimpleConditionEvent.violated(subject, problem))));
            }
        };
    }

    private static List<String> lines() {
        try (InputStream list = ForbiddenUses.class.getResourceAsStream(LIST)) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
