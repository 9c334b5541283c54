package org.amibakery.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts whole payloads by AES-256-GCM under a fresh random nonce of 96 bits (NIST SP 800-38D, 8.2.2), and names the
 * key. What was written in clear is read as it is, so that encryption can be switched on while bakes run.
 */
public final class AesGcmCodec implements PayloadCodec {
    static final String ENCODING = "binary/encrypted";

    private static final String ENCODING_KEY = "encoding";
    private static final String CIPHER_KEY = "encryption-cipher";
    private static final String KEY_ID_KEY = "encryption-key-id";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final PayloadKeys keys;

    /** A codec without keys writes in clear, and says which key is missing when it meets what is encrypted. */
    public AesGcmCodec(PayloadKeys keys) {
        this.keys = keys;
    }

    @Override
    public List<Payload> encode(List<Payload> payloads) {
        return keys.current()
                .map(id -> payloads.stream().map(it -> encrypted(it, id)).toList())
                .orElse(payloads);
    }

    /** @throws PayloadCodecException when a key is missing or not the right one, or somebody changed the payload */
    @Override
    public List<Payload> decode(List<Payload> payloads) {
        return payloads.stream().map(this::decrypted).toList();
    }

    private Payload encrypted(Payload clear, String id) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] secret = cipher(Cipher.ENCRYPT_MODE, known(id), nonce, id).doFinal(clear.toByteArray());
            return Payload.newBuilder()
                    .putMetadata(ENCODING_KEY, ByteString.copyFromUtf8(ENCODING))
                    .putMetadata(CIPHER_KEY, ByteString.copyFromUtf8(CIPHER))
                    .putMetadata(KEY_ID_KEY, ByteString.copyFromUtf8(id))
                    .setData(ByteString.copyFrom(nonce).concat(ByteString.copyFrom(secret)))
                    .build();
        } catch (GeneralSecurityException impossible) {
            throw new PayloadCodecException("A payload could not be encrypted by the key " + id, impossible);
        }
    }

    private Payload decrypted(Payload payload) {
        if (!ENCODING.equals(metadata(payload, ENCODING_KEY))) {
            return payload;
        }
        String id = metadata(payload, KEY_ID_KEY);
        ByteBuffer data = payload.getData().asReadOnlyByteBuffer();
        if (data.remaining() < NONCE_BYTES) {
            throw new PayloadCodecException("A payload encrypted by the key %s is cut short.".formatted(id));
        }
        byte[] nonce = new byte[NONCE_BYTES];
        data.get(nonce);
        byte[] secret = new byte[data.remaining()];
        data.get(secret);
        try {
            return Payload.parseFrom(
                    cipher(Cipher.DECRYPT_MODE, known(id), nonce, id).doFinal(secret));
        } catch (GeneralSecurityException | InvalidProtocolBufferException wrong) {
            throw new PayloadCodecException(
                    ("A payload does not open with the key %s of %s: it was encrypted by another key of that id, or"
                                    + " changed since.")
                            .formatted(id, PayloadKeys.VARIABLE),
                    wrong);
        }
    }

    private SecretKey known(String id) {
        return keys.key(id)
                .orElseThrow(() -> new PayloadCodecException(
                        "A payload is encrypted by the key %s, and %s has %s. Add that key to its file."
                                .formatted(id, PayloadKeys.VARIABLE, keys)));
    }

    /** The key's id is authenticated as well, so that nobody can pass one key's payload off as another's. */
    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String id) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(id.getBytes(UTF_8));
        return cipher;
    }

    private static String metadata(Payload payload, String key) {
        return payload.getMetadataOrDefault(key, ByteString.EMPTY).toStringUtf8();
    }
}
