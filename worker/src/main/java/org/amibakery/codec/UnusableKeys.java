package org.amibakery.codec;

/** The file of payload keys cannot be read or is not one. The message is for users and holds no key. */
public final class UnusableKeys extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableKeys(String message) {
        super(message);
    }
}
