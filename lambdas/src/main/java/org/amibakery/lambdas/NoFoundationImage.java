package org.amibakery.lambdas;

/** Says that no image answers a query; repeating it is useless until the recipe or the vendor's catalogue changes. */
public final class NoFoundationImage extends FunctionFailure {
    private static final long serialVersionUID = 1L;

    /** Takes the whole sentence: what was looked for, where, and what to do. */
    public NoFoundationImage(String message) {
        super(message);
    }
}
