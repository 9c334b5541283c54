/** Classes that break the rules of workflow code, each to be caught by the test beside this package. */
package org.amibakery.determinism.offenders;
