package org.amibakery.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.amibakery.aws.AwsClients;
import org.amibakery.demo.SimulatedInstallation;
import org.amibakery.lambdas.cleanup.CleanUpImagesFunction;
import org.amibakery.recipe.Region;

/** Is the clean-up function in a process of its own: it plans for one family, and tells the most memory that took. */
final class RetentionPlan {
    private static final String PEAK = "PEAK_MB=";

    private RetentionPlan() {}

    public static void main(String... arguments) {
        String request =
                """
                {"stack":"%s","family":"large","region":"%s","olderThan":"PT720H","keepAtLeast":3,"cap":1000,"mode":"PLAN"}
                """
                        .formatted(SimulatedInstallation.STACK, arguments[0]);
        try (AwsClients aws = AwsClients.standard()) {
            byte[] answer = new CleanUpImagesFunction(region -> aws.ec2(new Region(region)), Clock.systemUTC())
                    .handle(request.getBytes(StandardCharsets.UTF_8));
            String report = new String(answer, StandardCharsets.UTF_8);
            if (!report.contains("\"deleted\"")) {
                throw new IllegalStateException(report);
            }
            System.out.println(PEAK
                    + (int) ProcessView.peakResidentMb(ProcessHandle.current().pid()));
            System.out.println(report.substring(0, Math.min(500, report.length())));
        }
    }

    /** Reads what such a process printed. */
    static double peakMb(String output) {
        return output.lines()
                .filter(line -> line.startsWith(PEAK))
                .mapToDouble(line -> Double.parseDouble(line.substring(PEAK.length())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(output));
    }
}
