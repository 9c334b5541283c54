package org.amibakery.console;

import static java.util.Objects.requireNonNull;

import org.amibakery.builder.InstanceId;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;

/**
 * Writes links in Markdown to the console of a region. Each partition has a console of its own (AWS General Reference, "AWS
 * service endpoints"); a region's name tells its partition.
 *
 * <p>The links are short on purpose: Temporal's Web UI puts a whole text into the address of a frame, and some proxies
 * refuse one of more than 8 kB.
 */
public final class AwsConsole {
    private final Region region;

    private AwsConsole(Region region) {
        this.region = region;
    }

    /** The console of a region. */
    public static AwsConsole of(Region region) {
        return new AwsConsole(requireNonNull(region, "region"));
    }

    /** The id, linked to the page of the instance. */
    public String link(InstanceId instance) {
        return link(instance.value(), ec2("InstanceDetails:instanceId=" + instance.value()));
    }

    /** The id, linked to the page of the image. */
    public String link(ImageId image) {
        return link(image.value(), ec2("ImageDetails:imageId=" + image.value()));
    }

    /** Words, linked to the page of a command with its output, which SSM keeps for 30 days. */
    public String link(String words, String commandId, InstanceId instance) {
        return link(
                words,
                "https://%s/systems-manager/run-command/%s/%s?region=%s"
                        .formatted(host(), commandId, instance.value(), region));
    }

    private String ec2(String page) {
        return "https://%s/ec2/home?region=%s#%s".formatted(host(), region, page);
    }

    private String host() {
        if (region.name().startsWith("cn-")) {
            return "console.amazonaws.cn";
        }
        return region.name().startsWith("us-gov-") ? "console.amazonaws-us-gov.com" : "console.aws.amazon.com";
    }

    private static String link(String words, String address) {
        return "[%s](%s)".formatted(words, address);
    }
}
