package org.amibakery.acceptance.architecture.offenders;

import org.amibakery.acceptance.architecture.AsIfIn;
import org.amibakery.acceptance.architecture.Folder;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Calls AWS from a workflow. */
@AsIfIn(Folder.WORKFLOWS)
public final class CloudWorkflow {
    public int countImages(Ec2Client ec2) {
        return ec2.describeImages().images().size();
    }
}
