package org.amibakery.simulator.s3;

/** Names the checksum algorithms whose values are kept when sent (PutObject, x-amz-checksum-*). */
enum ChecksumKind {
    CRC32,
    CRC32C,
    CRC64NVME,
    SHA1,
    SHA256
}
