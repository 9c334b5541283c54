package org.amibakery.simulator.ec2;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A type on offer. The real list is far longer; these are the families that bakes use. */
record InstanceType(String name, String architecture, int vcpus, int memoryMiB) {
    private static final Map<String, InstanceType> ALL = new LinkedHashMap<>();

    static {
        burstable("t2", "x86_64");
        burstable("t3", "x86_64");
        burstable("t3a", "x86_64");
        burstable("t4g", "arm64");
        for (String family : new String[] {"m5", "m5a", "m6i", "m6a", "m7i", "m7a"}) {
            fixed(family, "x86_64", 4096);
        }
        for (String family : new String[] {"c5", "c5a", "c6i", "c6a", "c7i"}) {
            fixed(family, "x86_64", 2048);
        }
        for (String family : new String[] {"r5", "r6i", "r7i"}) {
            fixed(family, "x86_64", 8192);
        }
        fixed("m6g", "arm64", 4096);
        fixed("m7g", "arm64", 4096);
        fixed("c6g", "arm64", 2048);
        fixed("c7g", "arm64", 2048);
        fixed("r6g", "arm64", 8192);
    }

    static Optional<InstanceType> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    static Collection<InstanceType> all() {
        return ALL.values();
    }

    private static void burstable(String family, String architecture) {
        int memory = 512;
        for (String size : new String[] {"nano", "micro", "small", "medium", "large"}) {
            add(new InstanceType(family + "." + size, architecture, 2, memory));
            memory *= 2;
        }
        add(new InstanceType(family + ".xlarge", architecture, 4, 16384));
        add(new InstanceType(family + ".2xlarge", architecture, 8, 32768));
    }

    private static void fixed(String family, String architecture, int memoryPerVcpu) {
        int vcpus = 2;
        for (String size : new String[] {"large", "xlarge", "2xlarge", "4xlarge"}) {
            add(new InstanceType(family + "." + size, architecture, vcpus, vcpus * memoryPerVcpu));
            vcpus *= 2;
        }
    }

    private static void add(InstanceType type) {
        ALL.put(type.name(), type);
    }
}
