package org.amibakery.cli;

import java.io.PrintWriter;
import org.amibakery.authored.InvalidInput;
import org.amibakery.codec.UnusableKeys;
import org.amibakery.http.CannotListen;
import org.amibakery.schedule.NotOurs;
import org.amibakery.schedule.UnknownWindow;
import org.amibakery.worker.NoDeployment;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns whatever ends a command early into words and an exit code, in one place. */
final class FailureMessages implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        Ending ending = ending(failure);
        PrintWriter err = command.getErr();
        err.println(ending.message());
        if (isDebugging(parsed)) {
            failure.printStackTrace(err);
        }
        err.flush();
        return ending.exitCode().code();
    }

    private static Ending ending(Exception failure) {
        if (failure instanceof CommandFailure told) {
            return new Ending(told.exitCode(), told.getMessage());
        }
        if (failure instanceof InvalidInput invalid) {
            return new Ending(ExitCode.USAGE, invalid.getMessage());
        }
        if (failure instanceof UnknownWindow || failure instanceof NotOurs) {
            return new Ending(ExitCode.USAGE, failure.getMessage());
        }
        if (failure instanceof CannotListen || failure instanceof UnusableKeys || failure instanceof NoDeployment) {
            return new Ending(ExitCode.USAGE, failure.getMessage());
        }
        return RemoteFailures.ending(failure).orElseGet(() -> unexpected(failure));
    }

    private static Ending unexpected(Exception failure) {
        return new Ending(
                ExitCode.UNEXPECTED,
                "Something unexpected happened: %s. Run the command again with --debug to see where, and report it."
                        .formatted(failure));
    }

    private static boolean isDebugging(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last.hasMatchedOption("--debug");
    }

    /** How a command ends. */
    record Ending(ExitCode exitCode, String message) {}
}
