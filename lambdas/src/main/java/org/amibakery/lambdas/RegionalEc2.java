package org.amibakery.lambdas;

import software.amazon.awssdk.services.ec2.Ec2Client;

/** Hands out the EC2 client of a region. The client stays the property of whoever built this. */
@FunctionalInterface
public interface RegionalEc2 {
    /** Returns a client for the region, for example {@code eu-west-1}; may be called more than once and at once. */
    Ec2Client in(String region);
}
