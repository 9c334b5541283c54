package org.amibakery.simulator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentScriptTest {
    @Test
    void is_launched_with_its_variables_as_they_are_and_killed_at_its_timeout() {
        AgentScript script = new AgentScript(
                "i-1/document/orchestration/c-1/awsrunShellScript/step",
                "#!/bin/bash\necho hello\n",
                Map.of("SSM_Name", "it's $(id) `id`", "SSM_Lines", "a\nb"),
                Duration.ofMinutes(2));

        assertThat(script.launcher())
                .isEqualTo(
                        """
                        #!/bin/sh
                        export SSM_Lines='a
                        b'
                        export SSM_Name='it'\\''s $(id) `id`'
                        cd /usr/bin || exit
                        timeout --signal=KILL 120 sh -c /var/lib/amazon/ssm/i-1/document/orchestration/c-1/awsrunShellScript/step/_script.sh </dev/null
                        exit $?
                        """);
    }
}
