package org.amibakery.simulator.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Clock;
import java.util.Random;
import org.amibakery.simulator.wire.SimulatorError;
import org.amibakery.simulator.world.Place;
import org.amibakery.simulator.world.SimulatorClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;

class MultipartUploadTest {
    private static final String BUCKET = "large-objects";
    private static final int MEBIBYTE = 1024 * 1024;

    private final S3Client s3 = new Buckets(SimulatorClock.on(Clock.systemUTC()), new Random(1))
            .clientFor(new Place("111122223333", "us-east-1"));
    private String uploadId = "";

    @BeforeEach
    void an_upload_has_begun() {
        s3.createBucket(it -> it.bucket(BUCKET));
        uploadId = s3.createMultipartUpload(it -> it.bucket(BUCKET).key("big")).uploadId();
    }

    @Test
    void joins_the_parts_and_names_their_number_in_the_etag() {
        CompletedPart first = upload(1, 5 * MEBIBYTE);
        CompletedPart second = upload(2, 3);

        CompleteMultipartUploadResponse done = complete(first, second);

        assertThat(done.eTag()).endsWith("-2\"");
        assertThat(s3.getObject(it -> it.bucket(BUCKET).key("big"), ResponseTransformer.toBytes())
                        .asByteArrayUnsafe())
                .hasSize(5 * MEBIBYTE + 3);
    }

    @Test
    void refuses_a_small_part_before_the_last() {
        CompletedPart first = upload(1, 4);
        CompletedPart second = upload(2, 4);

        assertThatThrownBy(() -> complete(first, second))
                .hasMessage("Your proposed upload is smaller than the minimum allowed size")
                .asInstanceOf(type(SimulatorError.class))
                .returns("EntityTooSmall", SimulatorError::code);
    }

    @Test
    void refuses_parts_out_of_order() {
        CompletedPart first = upload(1, 5 * MEBIBYTE);
        CompletedPart second = upload(2, 5 * MEBIBYTE);

        assertThatThrownBy(() -> complete(second, first))
                .hasMessageContaining("ascending order")
                .asInstanceOf(type(SimulatorError.class))
                .returns("InvalidPartOrder", SimulatorError::code);
    }

    @Test
    void refuses_a_part_whose_etag_it_never_gave() {
        upload(1, 4);

        assertThatThrownBy(() -> complete(
                        CompletedPart.builder().partNumber(1).eTag("\"0\"").build()))
                .hasMessageContaining("could not be found")
                .asInstanceOf(type(SimulatorError.class))
                .returns("InvalidPart", SimulatorError::code);
    }

    @Test
    void knows_no_upload_after_it_was_aborted() {
        s3.abortMultipartUpload(it -> it.bucket(BUCKET).key("big").uploadId(uploadId));

        assertThatThrownBy(() -> upload(1, 4))
                .hasMessageContaining("may have been aborted")
                .asInstanceOf(type(SimulatorError.class))
                .returns("NoSuchUpload", SimulatorError::code);
    }

    private CompletedPart upload(int number, int size) {
        String etag = s3.uploadPart(
                        it -> it.bucket(BUCKET).key("big").uploadId(uploadId).partNumber(number),
                        RequestBody.fromBytes(new byte[size]))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private CompleteMultipartUploadResponse complete(CompletedPart... parts) {
        return s3.completeMultipartUpload(
                it -> it.bucket(BUCKET).key("big").uploadId(uploadId).multipartUpload(all -> all.parts(parts)));
    }
}
