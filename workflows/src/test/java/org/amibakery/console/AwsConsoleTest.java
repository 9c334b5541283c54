package org.amibakery.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.amibakery.builder.InstanceId;
import org.amibakery.recipe.ImageId;
import org.amibakery.recipe.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsConsoleTest {
    @ParameterizedTest
    @CsvSource({
        "eu-west-1, console.aws.amazon.com",
        "us-east-1, console.aws.amazon.com",
        "cn-north-1, console.amazonaws.cn",
        "cn-northwest-1, console.amazonaws.cn",
        "us-gov-west-1, console.amazonaws-us-gov.com",
        "us-gov-east-1, console.amazonaws-us-gov.com"
    })
    void leads_to_the_console_of_the_regions_partition(String region, String host) {
        assertThat(AwsConsole.of(new Region(region)).link(new InstanceId("i-0abc")))
                .isEqualTo("[i-0abc](https://%s/ec2/home?region=%s#InstanceDetails:instanceId=i-0abc)"
                        .formatted(host, region));
    }

    @Test
    void leads_to_the_page_of_an_image() {
        assertThat(AwsConsole.of(new Region("eu-west-1")).link(new ImageId("ami-0abc")))
                .isEqualTo("[ami-0abc](https://console.aws.amazon.com/ec2/home?region=eu-west-1"
                        + "#ImageDetails:imageId=ami-0abc)");
    }

    @Test
    void leads_to_the_output_of_a_command() {
        assertThat(AwsConsole.of(new Region("eu-west-1")).link("whole output", "c-1", new InstanceId("i-0abc")))
                .isEqualTo("[whole output](https://console.aws.amazon.com/systems-manager/run-command/c-1/i-0abc"
                        + "?region=eu-west-1)");
    }
}
