package org.amibakery.bake;

import java.util.Locale;

/** Names the eleven steps of a bake, in their order. */
public enum BakeStep {
    FIND_FOUNDATION_IMAGE(1),
    LAUNCH_BUILDER(2),
    VERIFY_AGENT(3),
    UPDATE_PACKAGES(4),
    INSTALL_PACKAGES(5),
    RUN_PLAYBOOKS(6),
    CREATE_IMAGE(7),
    TAG_IMAGE(8),
    TERMINATE_BUILDER(9),
    CONFIRM_TERMINATION(10),
    DELETE_OLD_IMAGES(11);

    /** How many steps a bake has. */
    public static final int COUNT = values().length;

    private final int number;

    BakeStep(int number) {
        this.number = number;
    }

    /** The step's place among the eleven, from 1. */
    public int number() {
        return number;
    }

    /** The step as people say it, such as {@code find foundation image}. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
