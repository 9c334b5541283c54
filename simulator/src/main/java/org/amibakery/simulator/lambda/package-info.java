/** Stands in for AWS Lambda: runs registered code and answers as the Invoke API does. */
package org.amibakery.simulator.lambda;
