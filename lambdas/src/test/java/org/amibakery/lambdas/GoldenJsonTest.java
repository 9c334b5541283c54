package org.amibakery.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.amibakery.lambdas.cleanup.CleanUpImagesReport;
import org.amibakery.lambdas.cleanup.CleanUpImagesRequest;
import org.amibakery.lambdas.cleanup.CleanUpMode;
import org.amibakery.lambdas.cleanup.DeletedImage;
import org.amibakery.lambdas.cleanup.FailedImage;
import org.amibakery.lambdas.cleanup.KeptImage;
import org.amibakery.lambdas.cleanup.LeftoverSnapshot;
import org.amibakery.lambdas.cleanup.WithdrawalStep;
import org.amibakery.lambdas.cleanup.WithdrawnImage;
import org.amibakery.lambdas.foundation.FoundationImageAnswer;
import org.amibakery.lambdas.foundation.FoundationImageQuery;
import org.amibakery.lambdas.orphans.CleanUpOrphansReport;
import org.amibakery.lambdas.orphans.CleanUpOrphansRequest;
import org.amibakery.lambdas.orphans.FailedRemoval;
import org.amibakery.lambdas.orphans.RegionOutOfReach;
import org.amibakery.lambdas.orphans.ResourceKind;
import org.amibakery.lambdas.orphans.SettledResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the JSON of each record: components are added, never renamed or removed. */
class GoldenJsonTest {
    private static final Instant CREATED = Instant.parse("2026-01-31T12:00:00Z");

    static Stream<Arguments> records() {
        return Stream.of(
                Arguments.of(
                        "foundation-image-query",
                        new FoundationImageQuery(
                                "al2023-ami-2023.*-x86_64", List.of("amazon"), "x86_64", "eu-west-1", true)),
                Arguments.of(
                        "foundation-image-answer",
                        new FoundationImageAnswer(
                                "ami-0123456789abcdef0",
                                "al2023-ami-2023.6-x86_64",
                                "137112412989",
                                Optional.of("amazon"),
                                "x86_64",
                                CREATED,
                                "/dev/xvda",
                                8,
                                false)),
                Arguments.of(
                        "clean-up-images-request",
                        new CleanUpImagesRequest(
                                "ami-bakery",
                                "amazon-linux-2023-base",
                                "eu-west-1",
                                Duration.ofDays(30),
                                3,
                                10,
                                CleanUpMode.DELETE,
                                Optional.of("2026-01-31T12:00:00Z,ami-1,2"))),
                Arguments.of(
                        "clean-up-images-request-of-copies-in-stages",
                        new CleanUpImagesRequest(
                                "ami-bakery",
                                "amazon-linux-2023-base",
                                "eu-west-1",
                                Duration.ofDays(30),
                                3,
                                10,
                                CleanUpMode.DELETE,
                                Optional.empty(),
                                Optional.of(Duration.ofDays(14)),
                                Optional.of(Duration.ofDays(7)),
                                Optional.of("us-east-1"))),
                Arguments.of(
                        "clean-up-images-report",
                        new CleanUpImagesReport(
                                CleanUpMode.PLAN,
                                List.of(new DeletedImage("ami-1", "web-1", CREATED, List.of("snap-1"), "older")),
                                List.of(new LeftoverSnapshot("snap-9", "ami-9", CREATED)),
                                List.of(new KeptImage("ami-2", "web-2", CREATED, "is the newest good image")),
                                4,
                                List.of(new FailedImage("ami-3", "InternalError", "EC2 answered")),
                                Optional.of("2026-01-31T12:00:00Z,ami-1,2"),
                                List.of(
                                        new WithdrawnImage(
                                                "ami-4",
                                                "web-4",
                                                CREATED,
                                                WithdrawalStep.DEPRECATED,
                                                CREATED.plus(Duration.ofDays(14)),
                                                "older"),
                                        new WithdrawnImage(
                                                "ami-5",
                                                "web-5",
                                                CREATED,
                                                WithdrawalStep.DISABLED,
                                                CREATED.plus(Duration.ofDays(7)),
                                                "older")))),
                Arguments.of(
                        "clean-up-orphans-request",
                        new CleanUpOrphansRequest(
                                "ami-bakery", "eu-west-1", List.of("eu-west-1", "us-east-1"), CleanUpMode.PLAN, 100)),
                Arguments.of(
                        "clean-up-orphans-report",
                        new CleanUpOrphansReport(
                                CleanUpMode.DELETE,
                                List.of(new SettledResource(
                                        ResourceKind.INSTANCE, "eu-west-1", "i-1", "bake/web/eu-west-1", "expired")),
                                List.of(new SettledResource(
                                        ResourceKind.IMAGE, "eu-west-1", "ami-1", "bake/db/eu-west-1", "in use")),
                                7,
                                List.of(new FailedRemoval(
                                        ResourceKind.NETWORK_INTERFACE,
                                        "us-east-1",
                                        "eni-1",
                                        "bake/web/eu-west-1",
                                        "InternalError",
                                        "EC2 answered")),
                                List.of(new RegionOutOfReach("us-west-2", "EC2 answered")),
                                Optional.of("the time ran short"))),
                Arguments.of(
                        "function-error-payload",
                        FunctionErrorPayload.of(new NoFoundationImage("No available image named x"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void is_written_as_agreed(String name, Record message) throws IOException {
        ObjectMapper plain = new ObjectMapper();

        assertThat(plain.readTree(FunctionJson.write(message))).isEqualTo(plain.readTree(golden(name)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void is_read_as_agreed(String name, Record message) throws IOException {
        assertThat(FunctionJson.readRequest(golden(name), message.getClass())).isEqualTo(message);
        assertThat(FunctionJson.readAnswer(golden(name), message.getClass())).isEqualTo(message);
    }

    @Test
    void reads_what_a_function_of_before_the_withdrawals_answers() throws IOException {
        CleanUpImagesReport report = FunctionJson.readAnswer(
                golden("clean-up-images-report-without-withdrawals"), CleanUpImagesReport.class);

        assertThat(report.deleted()).hasSize(1);
        assertThat(report.withdrawn()).isEmpty();
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream file = GoldenJsonTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            return file.readAllBytes();
        }
    }
}
