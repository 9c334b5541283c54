package org.amibakery.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeValidatorTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource({"names", "foundations", "builders", "contents", "times"})
    void refused(String what, Recipe recipe, List<String> messages) {
        assertThat(RecipeValidator.problemsOf(recipe).stream()
                        .map(problem -> problem.pointer() + ": " + problem.message()))
                .containsExactlyElementsOf(messages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"us-east-1", "us-gov-west-1", "ap-southeast-12", "us-isob-east-1", "mx-central-1"})
    void regions_of_every_partition_are_known(String region) {
        assertThat(RecipeValidator.problemsOf(aRecipe().in(region).build())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"t3.medium", "m7i-flex.large", "m7i.metal-24xl", "u-6tb1.56xlarge", "g4dn.xlarge", "c5.9xlarge"})
    void instance_types_of_every_shape_are_known(String type) {
        assertThat(RecipeValidator.problemsOf(aRecipe().on(type).build())).isEmpty();
    }

    static Stream<Arguments> names() {
        String form = "write 2 to 63 small letters, digits and dashes, such as ";
        return Stream.of(
                row("blanks", aRecipe().named("My Web!"), "/name: \"My Web!\" is no recipe name; " + form + "my-web"),
                row("a slash", aRecipe().named("a/b"), "/name: \"a/b\" is no recipe name; " + form + "a-b"),
                row(
                        "one letter",
                        aRecipe().named("w"),
                        "/name: \"w\" is no recipe name; " + form + "amazon-linux-2023-base"),
                row(
                        "a zone",
                        aRecipe().in("eu-west-1b"),
                        "/region: \"eu-west-1b\" is no AWS region; write eu-west-1, without the letter of the zone"),
                row(
                        "a place",
                        aRecipe().in("Ireland"),
                        "/region: \"Ireland\" is no AWS region; write a region's code, such as eu-west-1"));
    }

    static Stream<Arguments> foundations() {
        return Stream.of(
                row(
                        "every name",
                        aRecipe().from("*", "amazon"),
                        "/foundation/name: \"*\" fits every image of its owners;"
                                + " write a pattern that only the wanted system's images fit, such as"
                                + " al2023-ami-2023.*-x86_64"),
                row(
                        "an impossible name",
                        aRecipe().from("al2023:*", "amazon"),
                        "/foundation/name: \"al2023:*\" fits no image, since it holds characters that EC2 allows in no"
                                + " image name; write letters, digits, spaces, ()[]./-'@_ and the wildcards * and ?"),
                row(
                        "nobody",
                        aRecipe().from("al2023-*"),
                        "/foundation/owners: no owner is named, and anybody can publish an image of any name;"
                                + " write owners: [amazon], or the vendor's 12-digit account id in quotes"),
                row(
                        "a vendor, an account too short, and one twice",
                        aRecipe().from("al2023-*", "Canonical", "1234", "self", "self"),
                        "/foundation/owners/0: \"Canonical\" is no owner of images;"
                                + " write that vendor's account id, \"099720109477\"",
                        "/foundation/owners/1: \"1234\" is no owner of images;"
                                + " write a 12-digit account id in quotes, or amazon, aws-marketplace or self",
                        "/foundation/owners/3: \"self\" is named twice; name it once"));
    }

    static Stream<Arguments> builders() {
        return Stream.of(
                row(
                        "no candidate",
                        aRecipe().on(),
                        "/builder/instanceTypes: no instance type is named, so there is no candidate to launch; write for"
                                + " example instanceTypes: [t3.medium, t3a.medium, m5.large]; they are tried in order"),
                row(
                        "no type, a foreign one, one twice",
                        aRecipe().on("medium", "t4g.medium", "t3.small", "t3.small"),
                        "/builder/instanceTypes/0: \"medium\" is no instance type;"
                                + " write family and size, such as t3.medium",
                        "/builder/instanceTypes/1: t4g.medium cannot run a foundation image for x86_64;"
                                + " write a type of that architecture, such as t3.medium",
                        "/builder/instanceTypes/3: \"t3.small\" is named twice; name it once"),
                row(
                        "a subnet's name",
                        aRecipe().with(builder(List.of("private-a"), RootVolume.DEFAULT)),
                        "/builder/subnets/0: \"private-a\" is no subnet id; write an id such as"
                                + " subnet-0a1b2c3d4e5f67890, or no subnets at all to use the installation's"),
                row(
                        "a volume that boots nothing",
                        aRecipe().with(builder(List.of(), volume(8, "st1"))),
                        "/builder/rootVolume/type: no instance boots from a volume of type st1;"
                                + " write gp3, gp2 or standard"),
                row(
                        "a volume with IOPS to state",
                        aRecipe().with(builder(List.of(), volume(8, "io2"))),
                        "/builder/rootVolume/type: io2 needs a number of provisioned IOPS, which a recipe cannot state;"
                                + " write gp3, gp2 or standard"),
                row(
                        "a volume too large",
                        aRecipe().with(builder(List.of(), volume(20_000, "gp2"))),
                        "/builder/rootVolume/size: 20000GiB is more than a gp2 volume can hold;"
                                + " write at most 16384GiB"));
    }

    static Stream<Arguments> contents() {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("time-zone", "UTC");
        return Stream.of(
                row(
                        "packages that are options or commands",
                        aRecipe().installing("--enablerepo=x", "jq; reboot", "jq"),
                        "/packages/install/0: \"--enablerepo=x\" is no package name of amazon-linux;"
                                + " write a bare name such as jq, one an entry, without version or option",
                        "/packages/install/1: \"jq; reboot\" is no package name of amazon-linux;"
                                + " write a bare name such as jq, one an entry, without version or option"),
                row(
                        "a playbook from nowhere",
                        aRecipe().running(new Playbook("https://example.org/a.zip", "../../etc/x.yml", variables)),
                        "/playbooks/0/source: \"https://example.org/a.zip\" is no playbook archive on S3;"
                                + " write s3://BUCKET/KEY, where the key ends in .zip, .tar.gz or .tgz",
                        "/playbooks/0/playbook: \"../../etc/x.yml\" is no path of a playbook inside the archive;"
                                + " write a relative path without .., such as site.yml or playbooks/site.yml",
                        "/playbooks/0/variables/time-zone: Ansible takes no variable named \"time-zone\";"
                                + " write letters, digits and underscores, not beginning with a digit"));
    }

    static Stream<Arguments> times() {
        return Stream.of(
                row(
                        "too soon",
                        aRecipe().within(Duration.ofMinutes(14)),
                        "/deadline: no bake ends within 14m;"
                                + " write at least 15m; image creation alone may take hours, so 4h is the default"),
                row(
                        "too late",
                        aRecipe().within(Duration.ofDays(8)),
                        "/deadline: a bake that hangs would keep its builder for 8d; write at most 7d"),
                row(
                        "held for days",
                        aRecipe().onFailure(FailurePolicy.parse("hold-2d")),
                        "/onFailure: a failed builder would be held, and paid for, for 2d; write at most hold-24h"),
                row(
                        "held for nothing",
                        aRecipe().onFailure(FailurePolicy.parse("hold-0h")),
                        "/onFailure: a failed builder would be held for no time; write terminate"),
                row(
                        "all images deleted",
                        aRecipe().keeping(new RetentionPolicy(Duration.ofHours(2), 0)),
                        "/retention/olderThan: images would be deleted 2h after they were made; write at least 1d",
                        "/retention/keepAtLeast: keeping 0 images would delete the newest one too; write at least 1"),
                row(
                        "more images kept than retention can count",
                        aRecipe().keeping(new RetentionPolicy(Duration.ofDays(30), 1_001)),
                        "/retention/keepAtLeast: keeping 1001 images is more than retention can look after;"
                                + " write at most 1000"),
                row(
                        "withdrawn for no time",
                        aRecipe().keeping(withdrawing(Duration.ofMinutes(59), Duration.ZERO)),
                        "/retention/deprecateFor: nobody would notice that an image was deprecated for 59m;"
                                + " write at least 1h, or leave it out",
                        "/retention/disableFor: nobody would notice that an image was disabled for 0s;"
                                + " write at least 1h, or leave it out"),
                row(
                        "withdrawn for ever",
                        aRecipe().keeping(withdrawing(Duration.ofDays(3_650), Duration.ofDays(3_651))),
                        "/retention/disableFor: old images would stay disabled, and be paid for, for 3651d;"
                                + " write at most 3650d"));
    }

    private static Arguments row(String what, RecipeSample recipe, String... messages) {
        return arguments(what, recipe.build(), List.of(messages));
    }

    private static RetentionPolicy withdrawing(Duration deprecateFor, Duration disableFor) {
        return new RetentionPolicy(Duration.ofDays(30), 3, Optional.of(deprecateFor), Optional.of(disableFor));
    }

    private static RecipeSample aRecipe() {
        return new RecipeSample();
    }

    private static BuilderRecipe builder(List<String> subnets, RootVolume volume) {
        return new BuilderRecipe(List.of("t3.medium"), subnets, volume);
    }

    private static RootVolume volume(int gibibytes, String type) {
        return new RootVolume(Optional.of(new VolumeSize(gibibytes)), type);
    }
}
