package org.amibakery.failure;

/** Says what an error leads to. */
public enum Reaction {
    /** Try again later, with growing, jittered pauses. */
    BACK_OFF,
    /** Try again: what was made is not visible yet. */
    NOT_VISIBLE_YET,
    /** Try a few times, slowly: somebody may free what is short. */
    RETRY_SLOWLY,
    /** Launch from the next candidate: this one has no capacity. */
    NEXT_CANDIDATE,
    /** Launch once more: the instance died of EC2's own doing. */
    RELAUNCH,
    /** Look the foundation image up again: it is gone. */
    FIND_FOUNDATION_AGAIN,
    /** Take it as done: the goal is reached already. */
    ALREADY_DONE,
    /** Stop the bake: trying again cannot help. */
    GIVE_UP
}
