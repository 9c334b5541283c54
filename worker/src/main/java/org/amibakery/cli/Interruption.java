package org.amibakery.cli;

import java.util.List;

/** Tells whoever stops a command what becomes of that which it follows, and how to come back to it. */
final class Interruption {
    private final Thread hook;

    private Interruption(Thread hook) {
        this.hook = hook;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Tells these words on this console should the process be stopped before this is closed. */
    static Interruption telling(Console console, String words) {
        return new Interruption(new Thread(
                () -> {
                    console.restoreTerminal();
                    console.error(System.lineSeparator() + words);
                },
                "interruption"));
    }

    static String message(List<String> workflowIds) {
        return "Interrupted; " + howToComeBack(workflowIds);
    }

    static String howToComeBack(List<String> workflowIds) {
        String ids = String.join(" ", workflowIds);
        return workflowIds.size() == 1
                ? "the bake goes on. Come back with: bakery status --follow " + ids
                : "the bakes go on. Come back with: bakery status --follow " + ids;
    }

    /** Takes the words back, as there is nothing left to interrupt. */
    void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            hook.interrupt(); // it has begun, and says what it has to say
        }
    }
}
