package org.amibakery.simulator.ssm;

import org.amibakery.simulator.world.PlatformFamily;

/**
 * Names an operating system as the agent reports it (DescribeInstanceInformation, PlatformName, PlatformVersion).
 *
 * @param name such as Amazon Linux
 * @param version such as 2023
 */
record Platform(String name, String version) {
    static Platform of(PlatformFamily family) {
        return switch (family) {
            case AMAZON_LINUX, UNKNOWN -> new Platform("Amazon Linux", "2023");
            case UBUNTU -> new Platform("Ubuntu", "24.04");
            case DEBIAN -> new Platform("Debian GNU/Linux", "12");
        };
    }
}
