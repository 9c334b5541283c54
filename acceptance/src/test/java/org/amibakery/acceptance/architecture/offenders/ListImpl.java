package org.amibakery.acceptance.architecture.offenders;

import java.util.AbstractList;

/** Is named for what it implements. */
public final class ListImpl extends AbstractList<String> {
    @Override
    public String get(int index) {
        return "item " + index;
    }

    @Override
    public int size() {
        return 1;
    }
}
