package org.amibakery.bake.aws;

/** Where an object is, written {@code s3://bucket/key}. */
record S3Address(String bucket, String key) {
    private static final String SCHEME = "s3://";

    /** Reads an address that the recipe's validator has let pass. */
    static S3Address parse(String source) {
        int slash = source.indexOf('/', SCHEME.length());
        if (!source.startsWith(SCHEME) || slash < 0) {
            throw new IllegalArgumentException("\"%s\" is not s3://bucket/key".formatted(source));
        }
        return new S3Address(source.substring(SCHEME.length(), slash), source.substring(slash + 1));
    }

    /** The key without its folders. */
    String fileName() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return SCHEME + bucket + "/" + key;
    }
}
