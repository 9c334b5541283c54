package org.amibakery.bake;

import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.amibakery.failure.Reaction;
import org.amibakery.image.CopyImage;
import org.amibakery.image.DeprecateImage;
import org.amibakery.image.ImageRef;
import org.amibakery.image.PublishImage;
import org.amibakery.image.PublishingActivities;
import org.amibakery.image.ShareImage;
import org.amibakery.recipe.ImageId;

/** Publishes the images of a {@link FakeAccount} in memory, and goes wrong where a test says so. */
final class FakePublishing implements PublishingActivities {
    private static final String REPLY_LOST = "SdkClientException";

    private final FakeAccount account;
    private final List<String> calls = new ArrayList<>();
    private final Map<String, ApplicationFailure> failures = new LinkedHashMap<>();

    FakePublishing(FakeAccount account) {
        this.account = account;
    }

    /** Refuses for good a call of this name, such as {@code copy ami-1 to eu-west-1}. */
    synchronized void refuses(String call, String code) {
        failures.put(call, FakeAccount.refusal("TestOperation", code, Reaction.GIVE_UP));
    }

    /** Makes what this call asks for, but the answer is lost each time. */
    synchronized void losesTheReplyTo(String call) {
        failures.put(call, ApplicationFailure.newNonRetryableFailure("The reply was lost.", REPLY_LOST));
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public ImageId copy(CopyImage request) {
        ImageId copy = new ImageId("%s-%s".formatted(request.source().id(), request.region()));
        String call = "copy %s to %s".formatted(request.source().id(), request.region());
        if (!isRefused(call)) {
            account.hasCopied(new ImageRef(request.region(), copy), request.name());
        }
        answer(call);
        return copy;
    }

    @Override
    public void deprecate(DeprecateImage request) {
        answer("deprecate %s after %s".formatted(request.image().id(), request.after()));
    }

    @Override
    public void share(ShareImage request) {
        answer("share %s with %s".formatted(request.image().id(), String.join(", ", request.accounts())));
    }

    @Override
    public void publish(PublishImage request) {
        answer("publish %s as %s".formatted(request.image().id(), request.parameter()));
    }

    private synchronized boolean isRefused(String call) {
        return failures.containsKey(call) && !failures.get(call).getType().equals(REPLY_LOST);
    }

    private synchronized void answer(String call) {
        calls.add(call);
        if (failures.containsKey(call)) {
            throw failures.get(call);
        }
    }
}
