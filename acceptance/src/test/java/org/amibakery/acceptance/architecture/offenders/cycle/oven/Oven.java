package org.amibakery.acceptance.architecture.offenders.cycle.oven;

import org.amibakery.acceptance.architecture.offenders.cycle.baker.Baker;

/** Needs the baker, who needs the oven. */
public record Oven(Baker baker) {}
