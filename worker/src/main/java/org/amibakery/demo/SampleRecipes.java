package org.amibakery.demo;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.amibakery.packaged.PackagedFiles;

/** Reads the sample recipes that are packaged with the program. */
public final class SampleRecipes {
    private SampleRecipes() {}

    /** The text of a sample, by its file name. */
    public static String text(String file) {
        byte[] recipe = Optional.ofNullable(PackagedFiles.under("recipes").get(file))
                .orElseThrow(() -> new IllegalArgumentException("There is no sample recipe " + file));
        return new String(recipe, StandardCharsets.UTF_8);
    }
}
