package org.amibakery.builder;

/** Describes a builder whose state {@code running} was seen. */
public record RunningBuilder(InstanceId id, String availabilityZone) {}
