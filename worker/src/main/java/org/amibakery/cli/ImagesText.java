package org.amibakery.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.amibakery.inventory.ListedImage;
import org.amibakery.lambdas.cleanup.Uses;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;

/** Writes a table of images for people. */
final class ImagesText {
    private static final List<String> TITLES =
            List.of("FAMILY", "REGION", "IMAGE", "AGE", "STATE", "FOUNDATION", "NAME", "USED BY");
    private static final int STATE = TITLES.indexOf("STATE");
    private static final int MOST_USERS = 3;

    private final Palette palette;
    private final Instant now;

    ImagesText(Palette palette, Instant now) {
        this.palette = palette;
        this.now = now;
    }

    List<String> lines(ImagesSeen seen) {
        List<ImageRow> rows = seen.images();
        if (rows.isEmpty()) {
            return List.of("No images%s in %s."
                    .formatted(
                            seen.family().map(family -> " of " + family).orElse(""),
                            seen.regions().stream().map(Region::name).collect(Collectors.joining(", "))));
        }
        List<List<String>> table =
                Stream.concat(Stream.of(TITLES), rows.stream().map(this::cells)).toList();
        int[] widths = IntStream.range(0, TITLES.size())
                .map(column -> table.stream()
                        .mapToInt(cells -> cells.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> lines = new ArrayList<>();
        lines.add(palette.strong(line(TITLES, widths, Optional.empty())));
        for (ImageRow row : rows) {
            lines.add(line(cells(row), widths, Optional.of(row.image())));
        }
        return lines;
    }

    private String line(List<String> cells, int[] widths, Optional<ListedImage> painted) {
        List<String> padded = new ArrayList<>();
        for (int column = 0; column < widths.length; column++) {
            boolean last = column == widths.length - 1;
            String cell = last ? cells.get(column) : "%-" + widths[column] + "s";
            String text = last ? cell : cell.formatted(cells.get(column));
            padded.add(column == STATE && painted.isPresent() ? paint(painted.get(), text) : text);
        }
        return String.join("  ", padded).stripTrailing();
    }

    private String paint(ListedImage image, String text) {
        return switch (image.state()) {
            case GOOD -> image.newestGood() ? palette.good(text) : text;
            case BAKING -> palette.active(text);
            case FAILED, BROKEN -> palette.bad(text);
            case DISABLED, UNKNOWN -> palette.warning(text);
        };
    }

    private List<String> cells(ImageRow row) {
        ListedImage image = row.image();
        return List.of(
                image.family(),
                image.region().name(),
                image.id().value(),
                age(Duration.between(image.createdAt(), now)),
                state(image),
                image.foundation().map(ImageId::value).orElse("unknown"),
                image.name(),
                row.uses().map(ImagesText::users).orElse("not asked"));
    }

    private String state(ListedImage image) {
        List<String> words = new ArrayList<>();
        words.add(
                switch (image.state()) {
                    case GOOD -> "good";
                    case FAILED -> "failed";
                    case BAKING -> "baking";
                    case DISABLED ->
                        "disabled" + image.disabledAt().map(ImagesText::since).orElse("");
                    case BROKEN -> "broken";
                    case UNKNOWN -> "unknown";
                });
        if (image.newestGood()) {
            words.add("newest");
        }
        image.deprecatedAt().filter(at -> !at.isAfter(now)).ifPresent(at -> words.add("deprecated" + since(at)));
        if (image.isCopy()) {
            words.add("copy from " + image.bakedIn());
        }
        return String.join(", ", words);
    }

    private static String since(Instant instant) {
        return " since " + instant.truncatedTo(ChronoUnit.DAYS).toString().substring(0, "2026-01-31".length());
    }

    private static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + "d";
        }
        return age.toHours() > 0 ? age.toHours() + "h" : Math.max(0, age.toMinutes()) + "m";
    }

    private static String users(Uses uses) {
        List<String> words = new ArrayList<>();
        uses.users().stream().limit(MOST_USERS).map(ImagesText::brief).forEach(words::add);
        if (uses.users().size() > MOST_USERS) {
            words.add("and %d more".formatted(uses.users().size() - MOST_USERS));
        }
        uses.unchecked().ifPresent(reason -> words.add(words.isEmpty() ? "unknown" : "maybe others"));
        return words.isEmpty() ? "nothing" : String.join(", ", words);
    }

    /** Shortens an ARN to what tells it from others of its kind: an id, or the name of a parameter or recipe. */
    private static String brief(String user) {
        if (!user.startsWith("arn:")) {
            return user;
        }
        String resource = user.substring(user.lastIndexOf(':') + 1);
        return resource.replaceFirst("^(instance|launch-template)/", "").replaceFirst("^parameter/", "parameter /");
    }
}
