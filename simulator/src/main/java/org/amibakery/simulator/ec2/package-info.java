/** Amazon EC2 as strict as AWS: one object per account and region, behind the SDK's own client interface. */
package org.amibakery.simulator.ec2;
