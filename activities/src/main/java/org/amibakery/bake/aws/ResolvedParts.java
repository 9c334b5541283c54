package org.amibakery.bake.aws;

import java.util.List;
import org.amibakery.recipe.Foundation;

/** What AWS had to be asked about before a recipe can be planned. */
record ResolvedParts(Foundation foundation, List<PinnedPlaybook> playbooks) {}
