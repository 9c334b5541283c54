package org.amibakery.lambdas.foundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.amibakery.lambdas.FakeFleet;
import org.amibakery.lambdas.InvalidFunctionRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoundationImageQueryTest {
    private static final String VALID =
            "{'name':'al2023-*','owners':['amazon'],'architecture':'x86_64','region':'eu-west-1'}";

    @ParameterizedTest(name = "{0} -> {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "['amazon'] | []                  | The request names no owners, so anyone's image",
                "['amazon'] | null                | The request names no owners, so anyone's image",
                "['amazon'] | ['self']            | 'self' is not an owner that can be checked on an image. Write the",
                "['amazon'] | ['amazon','all']    | 'all' is not an owner that can be checked",
                "['amazon'] | [null]              | 'null' is not an owner that can be checked",
                "['amazon'] | 'amazon'            | \"owners\" must be a list.",
                "'x86_64'   | 'amd64'             | 'amd64' is not an architecture. Write x86_64 or arm64.",
                "'al2023-*' | ' '                 | The request has no name. Add \"name\".",
                "'al2023-*' | 7                   | \"name\" must be a string.",
                "eu-west-1  | eu-west-1a          | 'eu-west-1a' is not a region. Write it as eu-west-1",
                "owners     | owner               | Unknown key \"owner\": the nearest known key is \"owners\". Known keys: name, owners",
                "}          | ,'includeDeprecated':'yes'} | \"includeDeprecated\" must be a boolean.",
            })
    void is_refused_before_any_call(String part, String replacement, String message) {
        FakeFleet fleet = new FakeFleet(1);
        String request = VALID.replace(part.strip(), replacement.strip()).replace('\'', '"');

        assertThatThrownBy(() -> new FindFoundationImageFunction(region -> fleet, Clock.systemUTC())
                        .handle(request.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidFunctionRequest.class)
                .hasMessageStartingWith(message);
        assertThat(fleet.faults().calls()).isEmpty();
    }
}
