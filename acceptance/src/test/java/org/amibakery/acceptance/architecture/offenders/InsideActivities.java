package org.amibakery.acceptance.architecture.offenders;

import org.amibakery.image.aws.Ec2ImageActivities;

/** Knows how images are made on AWS without being the worker. */
public final class InsideActivities {
    public boolean isOne(Object activities) {
        return activities instanceof Ec2ImageActivities;
    }
}
