package org.amibakery.failure;

/** Says who can act on an error. */
public enum Blame {
    RECIPE_AUTHOR,
    ACCOUNT_OWNER,
    AWS,
    BAKERY
}
