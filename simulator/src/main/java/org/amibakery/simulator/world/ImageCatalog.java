package org.amibakery.simulator.world;

/** The images of one place, for a service that checks image ids: SSM parameters of data type aws:ec2:image. */
public interface ImageCatalog {
    /** Tells whether the caller may launch this image now. */
    boolean isLaunchable(String imageId);
}
