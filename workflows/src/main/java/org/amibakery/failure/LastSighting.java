package org.amibakery.failure;

/**
 * Says what a wait saw last; travels as heartbeat details, so it survives the worker and explains a time-out.
 *
 * @param id what is waited for
 */
public record LastSighting(String id, String state) {}
