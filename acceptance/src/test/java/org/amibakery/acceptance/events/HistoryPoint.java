package org.amibakery.acceptance.events;

/**
 * One state of a bake's history, and the moment it is in it.
 *
 * @param lastEvent the id of its last event at that moment
 */
record HistoryPoint(CallMoment moment, long lastEvent) {
    @Override
    public String toString() {
        return "%s at event %d".formatted(moment, lastEvent);
    }
}
