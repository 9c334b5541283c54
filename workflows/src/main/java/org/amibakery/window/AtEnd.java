package org.amibakery.window;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Says what becomes of the bakes that still run when their window ends. */
public enum AtEnd {
    /** They go on to their own end. */
    @JsonProperty("finish")
    FINISH,
    /** They are canceled, and clean up after themselves. */
    @JsonProperty("cancel")
    CANCEL
}
