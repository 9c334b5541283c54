package org.amibakery.simulator.ssm;

/** Takes the whole output of commands, as the agent uploads it to S3. */
@FunctionalInterface
public interface OutputStore {
    /** Stores one object; a bucket that does not exist loses it, as the agent only logs a failed upload. */
    void store(String bucket, String key, byte[] bytes);
}
