package org.amibakery.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodecException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AesGcmCodecTest {
    private static final Payload CLEAR = Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8("\"the recipe of web\""))
            .build();

    @TempDir
    private Path folder;

    private final String older = KeyFile.line("2026-10");
    private final String newer = KeyFile.line("2026-11");

    @Test
    void what_it_encrypts_opens_with_the_same_key_alone() {
        Payload secret = encrypted(CLEAR, older);

        assertThat(secret.toString()).doesNotContain("recipe", "json/plain");
        assertThat(secret.getMetadataOrThrow("encoding").toStringUtf8()).isEqualTo("binary/encrypted");
        assertThat(secret.getMetadataOrThrow("encryption-key-id").toStringUtf8())
                .isEqualTo("2026-10");
        assertThat(decrypted(secret, older)).isEqualTo(CLEAR);
        assertThatThrownBy(() -> decrypted(secret, KeyFile.line("2026-10")))
                .isInstanceOf(PayloadCodecException.class)
                .hasMessageContaining("does not open with the key 2026-10");
    }

    @Test
    void keys_rotate_while_older_payloads_are_still_read() {
        Payload before = encrypted(CLEAR, older);
        Payload after = encrypted(CLEAR, newer, older);

        assertThat(after.getMetadataOrThrow("encryption-key-id").toStringUtf8()).isEqualTo("2026-11");
        assertThat(decrypted(before, newer, older)).isEqualTo(CLEAR);
        assertThat(decrypted(after, older, newer)).isEqualTo(CLEAR);
    }

    @Test
    void the_same_payload_never_looks_the_same_twice() {
        assertThat(encrypted(CLEAR, newer).getData())
                .isNotEqualTo(encrypted(CLEAR, newer).getData());
    }

    @Test
    void a_missing_key_is_named_with_those_that_are_there() {
        Payload secret = encrypted(CLEAR, newer);

        assertThatThrownBy(() -> decrypted(secret, older))
                .isInstanceOf(PayloadCodecException.class)
                .hasMessage("A payload is encrypted by the key 2026-11, and BAKERY_PAYLOAD_KEYS has 2026-10."
                        + " Add that key to its file.");
        assertThatThrownBy(() -> new AesGcmCodec(PayloadKeys.none()).decode(List.of(secret)))
                .hasMessageContaining("BAKERY_PAYLOAD_KEYS has no keys");
    }

    @Test
    void what_was_written_before_there_were_keys_is_read_as_it_is() {
        assertThat(decrypted(CLEAR, newer)).isEqualTo(CLEAR);
        assertThat(new AesGcmCodec(PayloadKeys.none()).encode(List.of(CLEAR))).containsExactly(CLEAR);
    }

    @Test
    void no_bit_can_be_changed_and_no_key_id_exchanged() {
        Payload secret = encrypted(CLEAR, newer);
        for (int at = 0; at < secret.getData().size(); at++) {
            byte[] data = secret.getData().toByteArray();
            data[at] ^= 1;
            Payload changed =
                    secret.toBuilder().setData(ByteString.copyFrom(data)).build();

            assertThatThrownBy(() -> decrypted(changed, newer)).isInstanceOf(PayloadCodecException.class);
        }
        String sameKeyOtherId = newer.replace("2026-11", "2026-12");
        Payload renamed = secret.toBuilder()
                .putMetadata("encryption-key-id", ByteString.copyFromUtf8("2026-12"))
                .build();
        assertThatThrownBy(() -> decrypted(renamed, sameKeyOtherId)).isInstanceOf(PayloadCodecException.class);
    }

    @Test
    void a_payload_cut_short_is_refused() {
        Payload secret = encrypted(CLEAR, newer);
        Payload cut =
                secret.toBuilder().setData(secret.getData().substring(0, 11)).build();

        assertThatThrownBy(() -> decrypted(cut, newer))
                .isInstanceOf(PayloadCodecException.class)
                .hasMessageContaining("cut short");
    }

    @Test
    void failures_are_encrypted_with_their_causes_and_read_again() {
        DataConverter converter = EncryptedJson.dataConverter(keys(newer));
        Failure failure = converter.exceptionToFailure(ApplicationFailure.newFailureWithCause(
                "install-packages ended with 100", "ScriptFailed", new IllegalStateException("no package canary")));

        assertThat(failure.toString()).doesNotContain("install-packages", "canary", "IllegalStateException.java");
        assertThat(converter.failureToException(failure))
                .hasMessageContaining("install-packages ended with 100")
                .rootCause()
                .hasMessageContaining("no package canary");
    }

    private Payload encrypted(Payload clear, String... lines) {
        return new AesGcmCodec(keys(lines)).encode(List.of(clear)).get(0);
    }

    private Payload decrypted(Payload secret, String... lines) {
        return new AesGcmCodec(keys(lines)).decode(List.of(secret)).get(0);
    }

    private PayloadKeys keys(String... lines) {
        return PayloadKeys.read(KeyFile.of(folder, lines));
    }
}
