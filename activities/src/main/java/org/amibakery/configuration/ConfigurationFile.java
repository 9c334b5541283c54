package org.amibakery.configuration;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.amibakery.aws.TargetAccount;
import org.amibakery.recipe.Region;
import org.amibakery.watch.Polling;

/** Mirrors the configuration file, where most of what an installation has may be left to its default. */
record ConfigurationFile(
        Optional<String> stack,
        Region region,
        Network network,
        Optional<BuilderPart> builder,
        Optional<FunctionsPart> functions,
        Optional<DocumentsPart> documents,
        Optional<BucketPart> playbooks,
        Optional<BucketPart> output,
        Optional<NotificationsPart> notifications,
        Optional<PollingPart> polling,
        Optional<Double> launchesPerSecond,
        List<TargetAccount> accounts) {

    ConfigurationFile {
        accounts = accounts == null ? List.of() : List.copyOf(accounts);
    }

    static final String DEFAULT_STACK = "ami-bakery";

    record BuilderPart(Optional<String> instanceProfile) {}

    record FunctionsPart(boolean inProcess, Optional<String> findFoundationImage, Optional<String> cleanUpImages) {}

    record DocumentsPart(Optional<String> prefix) {}

    record BucketPart(Optional<String> bucket) {}

    record NotificationsPart(Optional<String> topic) {}

    record PollingPart(
            Optional<Duration> instance,
            Optional<Duration> agent,
            Optional<Duration> command,
            Optional<Duration> image) {

        /** The intervals that were written, by key. */
        Map<String, Duration> written() {
            Map<String, Duration> written = new LinkedHashMap<>();
            instance.ifPresent(every -> written.put("instance", every));
            agent.ifPresent(every -> written.put("agent", every));
            command.ifPresent(every -> written.put("command", every));
            image.ifPresent(every -> written.put("image", every));
            return written;
        }

        Polling polling() {
            return new Polling(
                    instance.orElse(Polling.DEFAULT.instance()),
                    agent.orElse(Polling.DEFAULT.agent()),
                    command.orElse(Polling.DEFAULT.command()),
                    image.orElse(Polling.DEFAULT.image()));
        }
    }

    Installation installation() {
        String name = stack.orElse(DEFAULT_STACK);
        return new Installation(
                name,
                region,
                network,
                builder.flatMap(BuilderPart::instanceProfile).orElse(name + "-builder"),
                functions(name),
                documents.flatMap(DocumentsPart::prefix).orElse(name),
                playbooks.flatMap(BucketPart::bucket),
                output.flatMap(BucketPart::bucket),
                notifications.flatMap(NotificationsPart::topic),
                polling.map(PollingPart::polling).orElse(Polling.DEFAULT),
                launchesPerSecond.orElse(Installation.USUAL_LAUNCHES_PER_SECOND),
                accounts);
    }

    private Functions functions(String name) {
        return new Functions(
                functions.map(FunctionsPart::inProcess).orElse(false),
                functions.flatMap(FunctionsPart::findFoundationImage).orElse(name + "-find-foundation-image"),
                functions.flatMap(FunctionsPart::cleanUpImages).orElse(name + "-clean-up-images"));
    }
}
