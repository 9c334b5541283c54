import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the named test classes, or single tests as {@code Class#method}, and prints one line for each that ran. Started as
 * a source file, with the tests' class path and JUnit's launcher.
 */
final class RunTests {
    private RunTests() {}

    public static void main(String[] tests) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(tests).map(RunTests::selector).toList())
                .configurationParameter("junit.jupiter.execution.timeout.default", "120 s")
                .build();
        LauncherFactory.create().execute(request, new Listener());
        System.exit(0); // whatever threads a mutant left behind
    }

    private static DiscoverySelector selector(String test) {
        return test.contains("#") ? selectMethod(test) : selectClass(test);
    }

    private static final class Listener implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (!test.isTest() && result.getStatus() == Status.SUCCESSFUL) {
                return;
            }
            String failure = result.getThrowable()
                    .map(thrown -> thrown.getClass().getName() + "|" + String.valueOf(thrown.getMessage()).replace('\n', ' '))
                    .orElse("|");
            System.out.println("TEST|" + result.getStatus() + "|" + test.getUniqueId() + "|" + failure);
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            System.out.println("TEST|SKIPPED|" + test.getUniqueId() + "||" + reason);
        }
    }
}
