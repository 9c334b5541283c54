package org.amibakery.bake.aws;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Digests an object as it arrives, without keeping it. */
final class Sha256OfContent implements ResponseTransformer<GetObjectResponse, String> {
    private static final int BLOCK = 1 << 16;

    @Override
    public String transform(GetObjectResponse head, AbortableInputStream content) throws IOException {
        return digest(content);
    }

    private static String digest(InputStream content) throws IOException {
        MessageDigest digest = sha256();
        byte[] block = new byte[BLOCK];
        for (int read = content.read(block); read >= 0; read = content.read(block)) {
            digest.update(block, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
