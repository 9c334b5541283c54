package org.amibakery.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PayloadKeysTest {
    @TempDir
    private Path folder;

    @Test
    void the_first_key_of_the_file_encrypts_and_each_one_decrypts() {
        Path file = KeyFile.of(folder, "# rotated in November", KeyFile.line("2026-11"), "", KeyFile.line("2026-10"));

        PayloadKeys keys = PayloadKeys.of(Map.of(PayloadKeys.VARIABLE, file.toString()));

        assertThat(keys.current()).contains("2026-11");
        assertThat(keys.key("2026-10")).isPresent();
        assertThat(keys).hasToString("2026-11, 2026-10");
    }

    @Test
    void nothing_is_encrypted_where_no_file_is_named() {
        assertThat(PayloadKeys.of(Map.of()).current()).isEmpty();
        assertThat(PayloadKeys.of(Map.of(PayloadKeys.VARIABLE, " ")).current()).isEmpty();
    }

    static Stream<Arguments> noKeys() {
        String good = KeyFile.line("good");
        return Stream.of(
                Arguments.of(new String[0], "holds no key, so nothing can be encrypted. Make a key with: echo"),
                Arguments.of(new String[] {"# only a comment"}, "holds no key, so nothing can be encrypted"),
                Arguments.of(new String[] {good, good}, "line 2: the key id good is there twice."),
                Arguments.of(new String[] {"secretsecretsecret"}, "line 1: this is no key. A line is a key id"),
                Arguments.of(new String[] {"a/b c2VjcmV0"}, "line 1: this is no key."),
                Arguments.of(new String[] {"", "short c2VjcmV0c2VjcmV0"}, "line 2: the key has 12 bytes"),
                Arguments.of(new String[] {"id secret-secret!"}, "line 1: the key is not base64."));
    }

    @ParameterizedTest
    @MethodSource("noKeys")
    void a_file_that_is_none_is_refused_with_the_place_and_without_its_content(String[] lines, String message) {
        Path file = KeyFile.of(folder, lines);

        assertThatThrownBy(() -> PayloadKeys.read(file))
                .isInstanceOf(UnusableKeys.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message)
                .message()
                .doesNotContain("secret", "c2VjcmV0");
    }

    @Test
    void a_file_that_is_not_there_or_not_text_is_refused() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC3, 0x28, 0x00});

        assertThatThrownBy(() -> PayloadKeys.read(folder.resolve("nowhere")))
                .isInstanceOf(UnusableKeys.class)
                .hasMessageContaining("nowhere (NoSuchFileException). BAKERY_PAYLOAD_KEYS names their file.");
        assertThatThrownBy(() -> PayloadKeys.read(binary))
                .isInstanceOf(UnusableKeys.class)
                .hasMessageContaining("is not text");
    }
}
