package org.amibakery.simulator.ec2;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.amibakery.simulator.world.PlatformFamily;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/**
 * Changes the facts of EC2 in one account and region, in the words of a test. Durations are those of real AWS; the
 * simulator's speed divides them. What is added here counts as seeded in the ledger: nobody's leak, nobody's builder.
 */
public final class Ec2Facts {
    private final Ec2Place here;
    private final Nouns nouns;
    private final Runnable afterwards;

    Ec2Facts(Ec2Place here, Nouns nouns, Runnable afterwards) {
        this.here = here;
        this.nouns = nouns;
        this.afterwards = afterwards;
    }

    /** Runs out of this instance type in every zone (InsufficientInstanceCapacity). */
    public void hasNoCapacityFor(String instanceType) {
        change(() -> here.behaviour().exhaust(instanceType));
    }

    /** Runs out of this instance type in one zone, such as us-east-1a. */
    public void hasNoCapacityFor(String instanceType, String zone) {
        change(() -> here.behaviour().exhaust(instanceType, zone));
    }

    /** Runs out of addresses in this subnet (InsufficientFreeAddressesInSubnet). */
    public void hasNoAddressesIn(String subnetId) {
        change(() -> here.behaviour().fill(subnetId));
    }

    /** Has capacity and addresses again. */
    public void hasCapacityAgain() {
        change(() -> here.behaviour().replenish());
    }

    /** Allows this many vCPUs at once (VcpuLimitExceeded); 2,048 unless set. */
    public void allowsVcpus(int vcpus) {
        change(() -> here.behaviour().vcpuQuota(vcpus));
    }

    /** Allows this many instances at once (InstanceLimitExceeded); 1,000 unless set. */
    public void allowsInstances(int instances) {
        change(() -> here.behaviour().instanceQuota(instances));
    }

    /** Creates an instance profile that launches accept only after a while. */
    public void createsInstanceProfile(String name, Duration propagation) {
        change(() -> here.behaviour().addProfile(name, here.after(propagation)));
    }

    /** Lets one further launch end in pending, with a reason such as Server.InternalError. */
    public void instanceDiesInPending(String reasonCode) {
        change(() -> here.behaviour().add(new Behaviour.Death(reasonCode, reasonCode + ": Simulated")));
    }

    /** Ends an instance behind everybody's back, with a reason such as Server.SpotInstanceTermination. */
    public void terminatesInstance(String instanceId, String reasonCode) {
        change(() -> nouns.lifecycle().terminate(here.instances().get(instanceId), reasonCode));
    }

    /** Lets an instance shut itself down: it is terminated or stops, as its launch asked. */
    public void instanceShutsDown(String instanceId) {
        change(() -> nouns.lifecycle().shutDown(here.instances().get(instanceId)));
    }

    /** Hides an instance from the API for a while, running or not (InvalidInstanceID.NotFound). */
    public void losesSightOf(String instanceId, Duration time) {
        change(() -> here.instances().get(instanceId).hideUntil(here.after(time)));
    }

    /** Hides every instance launched from now on for so long. */
    public void instanceNotFoundFor(Duration time) {
        change(() -> here.behaviour().delayInstances(time));
    }

    /** Hides every image made from now on for so long. */
    public void imageNotFoundFor(Duration time) {
        change(() -> here.behaviour().delayImages(time));
    }

    /** Hides tags set from now on for so long, in descriptions and filters. */
    public void tagsStayInvisibleFor(Duration time) {
        change(() -> here.behaviour().delayTags(time));
    }

    /** Lets one further image fail when it should become available, with a StateReason such as Server.InternalError. */
    public void imageFails(String reason) {
        change(() -> here.behaviour().add(new Behaviour.Misfortune(Optional.of(reason))));
    }

    /** Lets one further image stay pending for ever. */
    public void imageStaysPending() {
        change(() -> here.behaviour().add(new Behaviour.Misfortune(Optional.empty())));
    }

    /** Sets how long images take from now on. */
    public void imagesTake(Duration time) {
        change(() -> here.behaviour().takeForImages(time));
    }

    /** Lifts the block on public sharing that every new account has. */
    public void allowsPublicSharing() {
        change(() -> here.behaviour().allowPublicSharing());
    }

    /** Answers a dead instance's token with that instance instead of an error (harbor#2346). */
    public void answersDeadTokensWithTheDeadInstance() {
        change(() -> here.behaviour().answerDeadTokens());
    }

    /** Lets an Image Builder recipe refer to an image. */
    public void imageBuilderRecipeUses(String imageId, String recipeArn) {
        change(() -> here.behaviour().addRecipe(imageId, recipeArn));
    }

    /** Publishes a vendor's image and tells its id. */
    public String publishesImage(FoundationImage image) {
        return ask(() -> nouns.foundationImages().publish(image).id());
    }

    /** Lets a vendor, or anybody, deregister an image. */
    public void withdrawsImage(String imageId) {
        change(() -> here.images().image(imageId).orElseThrow().deregister(here.now()));
    }

    /** Adds an available image of the account's own, x86_64 with one snapshot, and tells its id. */
    public String ownsImage(String name, Instant createdAt, Map<String, String> tags) {
        return ask(() -> nouns.ownImages()
                .add(new FoundationImage(name, here.account(), "x86_64", PlatformFamily.AMAZON_LINUX, createdAt), tags)
                .id());
    }

    /** Adds a running instance of somebody in the account and tells its id. */
    public String runsInstanceFrom(String imageId) {
        return ask(() -> {
            String type =
                    here.images().image(imageId).orElseThrow().architecture().equals("arm64")
                            ? "t4g.micro"
                            : "t3.micro";
            RunInstancesRequest request = RunInstancesRequest.builder()
                    .imageId(imageId)
                    .instanceType(type)
                    .build();
            return nouns.launches().seed(request).id();
        });
    }

    /** Adds a launch template whose only version launches this image, and tells its id. */
    public String hasLaunchTemplate(String name, String imageId) {
        RequestLaunchTemplateData data =
                RequestLaunchTemplateData.builder().imageId(imageId).build();
        return ask(() ->
                nouns.templates().add(name, data, Ec2Resource.Origin.SEEDED).id());
    }

    /** Tells the ids of the default VPC's subnets, in order of their zones. */
    public List<String> subnetIds() {
        return here.subnets().all().stream().map(Subnets.SubnetSpec::id).toList();
    }

    /** Tells the id of the default security group. */
    public String defaultSecurityGroupId() {
        return ask(() -> here.groups().values().stream()
                .filter(group -> group.groupName().equals("default"))
                .map(StoredGroup::id)
                .findFirst()
                .orElseThrow());
    }

    private void change(Runnable action) {
        synchronized (here.lock()) {
            action.run();
        }
        afterwards.run();
    }

    private <T> T ask(Supplier<T> question) {
        synchronized (here.lock()) {
            return question.get();
        }
    }
}
