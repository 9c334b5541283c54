/** Classes that break the rules of the house, each to be caught by the test above this package. */
package org.amibakery.acceptance.architecture.offenders;
