package org.amibakery.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TemporalConnectionTest {
    private final EmbeddedTemporal temporal = EmbeddedTemporal.start();

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void insists_while_the_server_is_away_for_a_moment() {
        Deque<Status> refusals = new ArrayDeque<>(List.of(Status.UNAVAILABLE, Status.DEADLINE_EXCEEDED));

        String answer = temporal.connection().insisting(() -> answerAfter(refusals));

        assertThat(answer).isEqualTo("an answer");
        assertThat(refusals).isEmpty();
    }

    @Test
    void does_not_insist_when_the_server_refuses() {
        Deque<Status> refusals = new ArrayDeque<>(List.of(Status.PERMISSION_DENIED, Status.UNAVAILABLE));

        assertThatThrownBy(() -> temporal.connection().insisting(() -> answerAfter(refusals)))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("PERMISSION_DENIED");
        assertThat(refusals).containsExactly(Status.UNAVAILABLE);
    }

    private static String answerAfter(Deque<Status> refusals) {
        if (!refusals.isEmpty()) {
            throw refusals.pop().asRuntimeException();
        }
        return "an answer";
    }
}
