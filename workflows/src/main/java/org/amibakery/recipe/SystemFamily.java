package org.amibakery.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Names the operating system a recipe bakes, and with it the SSM documents that run on its builder. */
public enum SystemFamily {
    @JsonProperty("amazon-linux")
    AMAZON_LINUX("amazon-linux", "amazon-linux"),
    @JsonProperty("ubuntu")
    UBUNTU("ubuntu", "debian"),
    @JsonProperty("debian")
    DEBIAN("debian", "debian");

    private final String text;
    private final String documentFamily;

    SystemFamily(String text, String documentFamily) {
        this.text = text;
        this.documentFamily = documentFamily;
    }

    /** The name as a recipe spells it. */
    public String text() {
        return text;
    }

    /** The family of SSM documents that serves this system: Ubuntu and Debian share one. */
    public String documentFamily() {
        return documentFamily;
    }
}
