package org.amibakery.change.aws;

import static java.util.Objects.requireNonNull;

import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.amibakery.aws.AwsClients;
import org.amibakery.bake.BakePlan;
import org.amibakery.bake.PlanActivities;
import org.amibakery.bake.PlanBake;
import org.amibakery.builder.BakeId;
import org.amibakery.change.ChangeActivities;
import org.amibakery.change.ChangeVerdict;
import org.amibakery.change.FindChange;
import org.amibakery.change.RecipeChange;
import org.amibakery.foundation.FoundationActivities;
import org.amibakery.image.OriginTags;
import org.amibakery.recipe.Durations;
import org.amibakery.recipe.ImageId;

/**
 * Finds changes by planning a bake, and comparing the tags that its image would carry with those that the newest good
 * image does carry. So whatever a bake is made of cannot be forgotten here; above all the foundation image itself, and
 * not only the name by which it is found.
 */
public final class AwsChangeActivities implements ChangeActivities {
    /** The bake that is planned never runs, so its id only has to be one. */
    private static final BakeId NEVER_RUN = new BakeId("none", "bake/planned-only", "planned-only");

    private final PlanActivities plans;
    private final FoundationActivities foundations;
    private final GoodImages goodImages;
    private final Clock clock;

    /** Takes what a bake plans and finds its foundation by, the clients, and the clock by which images age. */
    public AwsChangeActivities(
            PlanActivities plans, FoundationActivities foundations, AwsClients clients, Clock clock) {
        this.plans = requireNonNull(plans, "plans");
        this.foundations = requireNonNull(foundations, "foundations");
        this.goodImages = new GoodImages(clients);
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    public RecipeChange find(FindChange request) {
        BakePlan plan = plans.plan(new PlanBake(request.recipe(), NEVER_RUN, clock.instant()));
        return switch (request.when()) {
            case FORCED -> changed(plan, List.of("forced"), Optional.empty());
            case ALWAYS ->
                changed(
                        plan,
                        List.of("the window bakes unchanged recipes too (onlyWhenChanged: false)"),
                        Optional.empty());
            case CHANGED -> compared(request, plan);
        };
    }

    private RecipeChange compared(FindChange request, BakePlan plan) {
        Optional<GoodImage> newest;
        try {
            newest = goodImages.newest(plan);
        } catch (ApplicationFailure refused) {
            return changed(plan, List.of(unknown("the family's images", refused)), Optional.empty());
        }
        return newest.map(image -> compared(request, plan, image))
                .orElseGet(() -> changed(plan, List.of("there is no good image yet"), Optional.empty()));
    }

    private RecipeChange compared(FindChange request, BakePlan plan, GoodImage image) {
        List<String> reasons = new ArrayList<>(foundationReasons(plan, image));
        if (!image.tag(OriginTags.RECIPE_DIGEST).equals(planned(plan, OriginTags.RECIPE_DIGEST))) {
            reasons.add("the recipe changed");
        }
        reasons.addAll(originReasons("playbook", OriginTags.PLAYBOOKS, plan, image));
        reasons.addAll(originReasons("document", OriginTags.DOCUMENTS, plan, image));
        request.rebakeAfter()
                .filter(age -> isOlder(image, age))
                .ifPresent(age -> reasons.add("%s of %s is older than %s (rebakeAfter)"
                        .formatted(image.id(), day(image), Durations.text(age))));
        if (!reasons.isEmpty()) {
            return changed(plan, reasons, Optional.of(image.id()));
        }
        String reason = "%s of %s was baked of the same foundation image, recipe, playbooks and documents"
                .formatted(image.id(), day(image));
        return new RecipeChange(
                plan.recipe(), plan.region(), ChangeVerdict.UNCHANGED, List.of(reason), Optional.of(image.id()));
    }

    private List<String> foundationReasons(BakePlan plan, GoodImage image) {
        ImageId now;
        try {
            now = foundations.find(plan.foundation()).id();
        } catch (ApplicationFailure refused) {
            return List.of(unknown("the newest foundation image", refused));
        }
        Optional<String> before = image.tag(OriginTags.FOUNDATION);
        if (before.equals(Optional.of(now.value()))) {
            return List.of();
        }
        return List.of(before.map(id -> "the newest foundation image is %s (was %s)".formatted(now, id))
                .orElseGet(() -> "%s does not tell its foundation image".formatted(image.id())));
    }

    private static List<String> originReasons(String noun, String key, BakePlan plan, GoodImage image) {
        Origins now = new Origins(noun, planned(plan, key).orElse(""));
        return image.tag(key)
                .map(now::differencesFrom)
                .orElseGet(() -> List.of("%s does not tell its %ss".formatted(image.id(), noun)));
    }

    private static Optional<String> planned(BakePlan plan, String key) {
        return Optional.ofNullable(plan.image().tagsAtCreation().get(key));
    }

    private boolean isOlder(GoodImage image, Duration age) {
        return !image.createdAt().plus(age).isAfter(clock.instant());
    }

    private static LocalDate day(GoodImage image) {
        return LocalDate.ofInstant(image.createdAt(), ZoneOffset.UTC);
    }

    /** What may be over soon is asked again, by Temporal's retry; the rest counts as changed. */
    private static String unknown(String what, ApplicationFailure refused) {
        if (!refused.isNonRetryable()) {
            throw refused;
        }
        return "%s could not be found out: %s".formatted(what, refused.getOriginalMessage());
    }

    private static RecipeChange changed(BakePlan plan, List<String> reasons, Optional<ImageId> newest) {
        return new RecipeChange(plan.recipe(), plan.region(), ChangeVerdict.CHANGED, reasons, newest);
    }
}
