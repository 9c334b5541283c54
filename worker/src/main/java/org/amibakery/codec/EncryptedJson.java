package org.amibakery.codec;

import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import java.util.List;
import org.amibakery.bake.BakeryJson;

/** Writes the product's records as JSON and, where there are keys, encrypts them. */
public final class EncryptedJson {
    private EncryptedJson() {}

    /** The converter of a client or worker; with keys it encrypts the messages and stack traces of failures as well. */
    public static DataConverter dataConverter(PayloadKeys keys) {
        return new CodecDataConverter(
                BakeryJson.dataConverter(),
                List.of(new AesGcmCodec(keys)),
                keys.current().isPresent());
    }
}
