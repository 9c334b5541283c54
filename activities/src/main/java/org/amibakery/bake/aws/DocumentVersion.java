package org.amibakery.bake.aws;

/**
 * The version of an SSM document that a command runs when it names none.
 *
 * @param hash of its content, as SSM computes it (DescribeDocument, Hash)
 */
record DocumentVersion(String number, String hash) {
    /** Of a document whose version could not be read. Whoever looks for a change takes it for one. */
    static final DocumentVersion UNKNOWN = new DocumentVersion("?", "");

    DocumentVersion {
        number = number == null ? "?" : number;
        hash = hash == null ? "" : hash;
    }
}
