/** Stands in for AWS Systems Manager: documents, Run Command, managed instances and the Parameter Store. */
package org.amibakery.simulator.ssm;
