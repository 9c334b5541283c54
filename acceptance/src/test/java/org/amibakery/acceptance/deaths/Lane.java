package org.amibakery.acceptance.deaths;

/**
 * Names what tests of one lane hold while they run, so that they follow each other. Three lanes use two cores well: most of
 * the time all wait for timeouts. More would start so many processes at once that none is ready in time.
 */
final class Lane {
    static final String OF_DEATHS = "lane of deaths";
    static final String OF_SLEEP = "lane of sleep";
    static final String OF_SILENCE = "lane of silence";

    private Lane() {}
}
