package org.amibakery.cli;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.amibakery.aws.AwsClients;
import org.amibakery.configuration.Installation;
import org.amibakery.inventory.ListedImage;
import org.amibakery.inventory.aws.ImageList;
import org.amibakery.lambdas.FunctionFailure;
import org.amibakery.lambdas.cleanup.ImageUse;
import org.amibakery.lambdas.cleanup.Uses;
import org.amibakery.lambdas.orphans.EnabledRegions;
import org.amibakery.recipe.Region;
import org.amibakery.worker.InstallationSource;

/** Lists images with the user's own rights, and asks AWS only what changes nothing. */
final class ImagesRun {
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-\\d+");
    private static final String EVERY_REGION = "all";

    private final Surroundings surroundings;
    private final Console console;

    ImagesRun(Surroundings surroundings, Console console) {
        this.surroundings = surroundings;
        this.console = console;
    }

    ExitCode list(ImagesCommand command) {
        CommandLogs.quiet();
        command.regions().forEach(ImagesRun::check);
        try (AwsClients clients = AwsClients.standard()) {
            Installation installation = new InstallationSource(surroundings.environment()).read(clients);
            List<Region> regions = regions(command, installation, clients);
            Map<Region, String> outOfReach = new LinkedHashMap<>();
            List<ImageRow> rows = new ArrayList<>();
            for (Region region : regions) {
                try {
                    rows.addAll(rows(command, new ImageList(clients, installation.stack()).in(region), clients));
                } catch (ApplicationFailure refused) {
                    if (regions.size() == 1) {
                        throw refused;
                    }
                    outOfReach.put(region, refused.getOriginalMessage());
                }
            }
            return tell(new ImagesSeen(command.family(), regions, rows, outOfReach));
        }
    }

    private static void check(String region) {
        if (!region.equals(EVERY_REGION) && !REGION.matcher(region).matches()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "'%s' is not a region. Write it as eu-west-1, without a zone letter, or write all."
                            .formatted(region));
        }
    }

    private static List<Region> regions(ImagesCommand command, Installation installation, AwsClients clients) {
        if (command.regions().isEmpty()) {
            return List.of(installation.region());
        }
        Stream<String> names = command.regions().contains(EVERY_REGION)
                ? enabled(installation.region(), clients).stream()
                : command.regions().stream().distinct();
        return names.map(Region::new).toList();
    }

    private static List<String> enabled(Region home, AwsClients clients) {
        try {
            return new EnabledRegions(region -> clients.ec2(new Region(region))).seenFrom(home.name());
        } catch (FunctionFailure refused) {
            throw new CommandFailure(ExitCode.BAKE_FAILED, refused.getMessage());
        }
    }

    private static List<ImageRow> rows(ImagesCommand command, List<ListedImage> listed, AwsClients clients) {
        List<ListedImage> images = listed.stream()
                .filter(image -> command.family().isEmpty()
                        || image.family().equals(command.family().get()))
                .toList();
        Map<String, Uses> uses = new HashMap<>();
        for (int start = 0; command.looksForUse() && start < images.size(); start += ImageUse.IDS_PER_LOOK) {
            List<ListedImage> some = images.subList(start, Math.min(start + ImageUse.IDS_PER_LOOK, images.size()));
            uses.putAll(new ImageUse(clients.ec2(some.get(0).region()))
                    .of(some.stream().map(image -> image.id().value()).toList()));
        }
        return images.stream()
                .map(image -> new ImageRow(
                        image, Optional.ofNullable(uses.get(image.id().value()))))
                .toList();
    }

    private ExitCode tell(ImagesSeen seen) {
        new ImagesText(console.palette(), surroundings.clock().instant())
                .lines(seen)
                .forEach(console::text);
        seen.images().forEach(row -> console.jsonLine(ImagesJson.of(row)));
        if (console.format() == OutputFormat.JSON) {
            console.json(ImagesJson.of(seen));
        }
        unchecked(seen.images())
                .forEach((answer, images) -> console.error(
                        "What else may use %s is not known: %s. Retention keeps what it cannot check; allow the call, or try again."
                                .formatted(images == 1 ? "an image" : images + " images", answer)));
        seen.outOfReach()
                .forEach((region, reason) -> console.error("%s could not be looked at: %s".formatted(region, reason)));
        return seen.outOfReach().isEmpty() ? ExitCode.DONE : ExitCode.BAKE_FAILED;
    }

    private static Map<String, Long> unchecked(List<ImageRow> rows) {
        return rows.stream()
                .flatMap(row -> row.uses().flatMap(Uses::unchecked).stream())
                .collect(groupingBy(reason -> reason, TreeMap::new, counting()));
    }
}
