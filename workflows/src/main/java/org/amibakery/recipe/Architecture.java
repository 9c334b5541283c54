package org.amibakery.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Names a processor architecture as EC2 spells it (DescribeImages, filter {@code architecture}). */
public enum Architecture {
    @JsonProperty("x86_64")
    X86_64("x86_64"),
    @JsonProperty("arm64")
    ARM64("arm64");

    private final String text;

    Architecture(String text) {
        this.text = text;
    }

    /** The name as EC2 and recipes spell it. */
    public String text() {
        return text;
    }
}
