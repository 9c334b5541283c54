package org.amibakery.window;

import java.util.Locale;

/** Says how the turn of one recipe in a window stands, or ended. */
public enum RecipeState {
    WAITING,
    /** Whether it changed is being found out. */
    CHECKING,
    BAKING,
    /** A bake of the family ran already, whose end is awaited instead. */
    JOINING,
    BAKED,
    /** The bake that ran already has made an image. */
    JOINED,
    UNCHANGED,
    FAILED,
    /** The cut-off had passed. */
    SKIPPED,
    CANCELED,
    /** Its bake goes on without the window. */
    LEFT_RUNNING;

    /** The state as people read it. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
