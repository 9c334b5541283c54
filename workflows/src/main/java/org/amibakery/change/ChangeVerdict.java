package org.amibakery.change;

/** Says whether a recipe is to be baked. */
public enum ChangeVerdict {
    CHANGED,
    UNCHANGED
}
