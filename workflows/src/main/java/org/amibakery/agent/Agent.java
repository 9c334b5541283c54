package org.amibakery.agent;

/** Describes an SSM agent as it registered itself (DescribeInstanceInformation). */
public record Agent(String version, String platformName, String platformVersion) {}
