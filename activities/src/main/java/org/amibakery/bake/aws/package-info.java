/** Plans bakes: merges recipe and installation, and fixes what could change while the bake runs. */
package org.amibakery.bake.aws;
