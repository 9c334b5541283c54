package org.amibakery.cli;

import java.util.Optional;
import org.amibakery.inventory.ListedImage;
import org.amibakery.lambdas.cleanup.Uses;

/**
 * An image with what uses it.
 *
 * @param uses absent when nobody asked for it
 */
record ImageRow(ListedImage image, Optional<Uses> uses) {}
