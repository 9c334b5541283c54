package org.amibakery.bake.aws;

import org.amibakery.recipe.Playbook;
import org.amibakery.recipe.Region;

/**
 * A playbook whose content can no longer change.
 *
 * @param region where the bucket is, which need not be where the bake is
 * @param sha256 of the archive's content, in lower-case hexadecimal
 */
record PinnedPlaybook(Playbook playbook, Region region, S3Address address, String versionId, String sha256) {}
