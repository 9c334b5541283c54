package org.amibakery.change;

/** Says when a recipe's turn in a window is a bake. */
public enum BakeWhen {
    /** When something differs from what the newest good image was baked of. */
    CHANGED,
    /** At every window. */
    ALWAYS,
    /** This once, as somebody asked for it. */
    FORCED
}
