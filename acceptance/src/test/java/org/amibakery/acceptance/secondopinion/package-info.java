/** The product's calls, judged by an AWS that others wrote. */
package org.amibakery.acceptance.secondopinion;
