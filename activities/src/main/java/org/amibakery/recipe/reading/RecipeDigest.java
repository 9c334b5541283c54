package org.amibakery.recipe.reading;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identifies what a recipe says, whatever its layout, comments and order of keys.
 *
 * <p>Taken over what the author wrote and not over defaults, so that a release with new defaults does not make every
 * image look outdated.
 *
 * @param hex SHA-256 in lower-case hexadecimal
 */
public record RecipeDigest(@JsonValue String hex) {
    private static final ObjectMapper SORTED =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    @JsonCreator
    public RecipeDigest {
        requireNonNull(hex, "hex");
    }

    /** Digests a recipe's JSON, see {@link WrittenRecipe#json()}. */
    public static RecipeDigest of(JsonNode recipe) {
        try {
            // read again, since a tree keeps its own order of keys and its own kinds of number
            String canonical = SORTED.writeValueAsString(SORTED.readValue(recipe.toString(), Object.class));
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return new RecipeDigest(HexFormat.of().formatHex(digest));
        } catch (JsonProcessingException unwritable) {
            throw new UncheckedIOException(unwritable);
        } catch (NoSuchAlgorithmException noSha256) {
            throw new IllegalStateException("every Java has SHA-256", noSha256);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
