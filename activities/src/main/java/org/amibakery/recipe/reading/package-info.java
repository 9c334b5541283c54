/** Reads recipes as their authors write them, in YAML or JSON. */
package org.amibakery.recipe.reading;
