package org.amibakery.acceptance.architecture.offenders;

import org.amibakery.acceptance.architecture.AsIfIn;
import org.amibakery.acceptance.architecture.Folder;
import org.amibakery.bake.BakeRequest;

/** Answers as the product expects, since it knows the product. */
@AsIfIn(Folder.SIMULATOR)
public final class KnowingSimulator {
    public String answer(BakeRequest request) {
        return request.toString();
    }
}
