package org.amibakery.simulator.ssm;

import java.time.Instant;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * Holds one version of a parameter.
 *
 * @param name the full name
 * @param type String, StringList or SecureString
 * @param value the value in the clear
 * @param dataType text or aws:ec2:image
 * @param tier what its size costs
 * @param version counts from 1
 * @param modifiedAt when this version was put
 */
record StoredParameter(
        String name,
        ParameterType type,
        String value,
        String dataType,
        ParameterTier tier,
        long version,
        Instant modifiedAt) {
    static final String TEXT = "text";
    static final String IMAGE = "aws:ec2:image";
}
