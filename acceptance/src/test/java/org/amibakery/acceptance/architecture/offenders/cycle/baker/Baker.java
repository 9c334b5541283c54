package org.amibakery.acceptance.architecture.offenders.cycle.baker;

import org.amibakery.acceptance.architecture.offenders.cycle.oven.Oven;

/** Needs the oven, which needs the baker. */
public record Baker(Oven oven) {}
