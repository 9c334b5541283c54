package org.amibakery.cli;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.logging.LogManager;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IFactory;

/** Is the command line: {@code bakery COMMAND …}. */
@Command(
        name = "bakery",
        description = "Bakes Amazon Machine Images as durable Temporal workflows.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            ValidateCommand.class,
            PlanCommand.class,
            RenderCommand.class,
            BakeCommand.class,
            StatusCommand.class,
            ImagesCommand.class,
            CancelCommand.class,
            HoldCommand.class,
            ReleaseCommand.class,
            ScheduleCommand.class,
            RetentionCommand.class,
            ReaperCommand.class,
            DoctorCommand.class,
            DemoCommand.class,
            DevCommand.class,
            WorkerCommand.class,
            SimulatorCommand.class,
            CodecCommand.class,
            BenchmarkCommand.class,
            HelpCommand.class
        },
        footerHeading = "%nExample:%n",
        footer = {"  bakery validate recipes/*.yaml", "  bakery bake recipes/amazon-linux-2023.yaml --follow"})
public final class Bakery implements Runnable {
    private Bakery() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String... arguments) {
        LogManager.getLogManager().reset(); // gRPC logs stack traces there of what is told in words
        int exitCode = commandLine(Surroundings.ofProcess()).execute(arguments);
        System.exit(exitCode);
    }

    /** The command line in these surroundings; commands are made with them where their constructors ask. */
    public static CommandLine commandLine(Surroundings surroundings) {
        CommandLine bakery = new CommandLine(new Bakery(), new WithSurroundings(surroundings));
        bakery.addSubcommand("completion", new GenerateCompletion());
        bakery.setOut(surroundings.outWriter());
        bakery.setErr(surroundings.errWriter());
        bakery.setCaseInsensitiveEnumValuesAllowed(true);
        bakery.setParameterExceptionHandler(new WrongUsage());
        bakery.setExecutionExceptionHandler(new FailureMessages());
        bakery.setColorScheme(CommandLine.Help.defaultColorScheme(ansi(surroundings)));
        describe(bakery);
        return bakery;
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public void run() {
        throw new CommandFailure(
                ExitCode.USAGE,
                "Which command? The most used are validate, plan, bake, status and demo; see bakery --help.");
    }

    private static void describe(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.meanings())
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .abbreviateSynopsis(true)
                .width(100);
        command.getSubcommands().values().forEach(Bakery::describe);
    }

    private static Ansi ansi(Surroundings surroundings) {
        Palette palette = ColorChoice.AUTO.palette(
                surroundings.environment(), surroundings.screen().out());
        return palette == Palette.PLAIN ? Ansi.OFF : Ansi.ON;
    }

    /** Makes commands, with the surroundings where a constructor takes them. */
    private record WithSurroundings(Surroundings surroundings) implements IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Surroundings.class) {
                    return type.cast(made(constructor));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }

        private Object made(Constructor<?> constructor) throws ReflectiveOperationException {
            try {
                return constructor.newInstance(surroundings);
            } catch (InvocationTargetException thrown) {
                throw new IllegalStateException("a command's constructor does no work", thrown);
            }
        }
    }
}
