package org.amibakery.configuration;

import java.util.List;
import org.amibakery.authored.InvalidInput;
import org.amibakery.authored.Problem;

/** Thrown when an installation's configuration cannot be used; nothing was called or created. */
public final class InvalidInstallation extends InvalidInput {
    private static final long serialVersionUID = 1L;

    InvalidInstallation(List<Problem> problems) {
        super(problems);
    }
}
