package org.amibakery.worker;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeWorkerDeploymentRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkerDeploymentResponse;
import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.worker.WorkerDeploymentOptions;
import io.temporal.worker.WorkerOptions;
import java.util.regex.Pattern;
import org.amibakery.temporal.TemporalConnection;
import org.amibakery.window.AutoUpgradedWindow;
import org.amibakery.window.MaintenanceWindowWorkflow;
import org.amibakery.window.MaintenanceWindowWorkflowImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which version of a
 * <a href="https://docs.temporal.io/production-deployment/worker-deployments/worker-versioning">worker deployment</a> a worker
 * is, if any: bakes stay with the version that they started on, windows move on to the current one.
 */
public final class Deployment {
    private static final Logger log = LoggerFactory.getLogger(Deployment.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern BUILD_ID = Pattern.compile("[A-Za-z0-9._+-]{1,100}");
    private static final Deployment UNVERSIONED = new Deployment("", "");

    private final String name;
    private final String buildId;

    private Deployment(String name, String buildId) {
        this.name = name;
        this.buildId = buildId;
    }

    /** A worker that takes every bake, whichever worker began it: changed workflow code must replay what runs. */
    public static Deployment unversioned() {
        return UNVERSIONED;
    }

    /**
     * A version of a deployment.
     *
     * @param buildId empty for a worker that is {@linkplain #unversioned() of no version}
     * @throws NoDeployment when Temporal could not take such a name or build id
     */
    public static Deployment of(String name, String buildId) {
        if (buildId.isEmpty()) {
            return UNVERSIONED;
        }
        if (!NAME.matcher(name).matches()) {
            throw new NoDeployment(
                    "\"%s\" cannot be a deployment's name: it takes letters, digits, - and _.".formatted(name));
        }
        if (!BUILD_ID.matcher(buildId).matches()) {
            throw new NoDeployment(
                    "\"%s\" cannot be a build id: it takes letters, digits, dots, -, _ and +.".formatted(buildId));
        }
        return new Deployment(name, buildId);
    }

    void configure(WorkerOptions.Builder worker) {
        if (!buildId.isEmpty()) {
            worker.setDeploymentOptions(WorkerDeploymentOptions.newBuilder()
                    .setUseVersioning(true)
                    .setVersion(new WorkerDeploymentVersion(name, buildId))
                    .setDefaultVersioningBehavior(VersioningBehavior.PINNED)
                    .build());
        }
    }

    /** The implementation of windows, which are not pinned. */
    Class<? extends MaintenanceWindowWorkflow> windows() {
        return buildId.isEmpty() ? MaintenanceWindowWorkflowImpl.class : AutoUpgradedWindow.class;
    }

    /**
     * Says whether the version gets new bakes, and otherwise how it will.
     *
     * @throws NoDeployment when the server knows no deployments, so that the worker would get nothing at all
     */
    void check(TemporalConnection temporal) {
        if (buildId.isEmpty()) {
            return;
        }
        String current = currentBuildId(temporal);
        if (current.equals(buildId)) {
            log.info("New bakes come to this version. deployment={} buildId={}", name, buildId);
        } else {
            log.warn(
                    "New bakes do not come to this version yet. Make it the current one with: temporal worker deployment"
                            + " set-current-version --deployment-name {} --build-id {}; current={}",
                    name,
                    buildId,
                    current.isEmpty() ? "none" : current);
        }
    }

    private String currentBuildId(TemporalConnection temporal) {
        DescribeWorkerDeploymentRequest question = DescribeWorkerDeploymentRequest.newBuilder()
                .setNamespace(temporal.namespace())
                .setDeploymentName(name)
                .build();
        try {
            DescribeWorkerDeploymentResponse answer =
                    temporal.insisting(() -> temporal.service().blockingStub().describeWorkerDeployment(question));
            return answer.getWorkerDeploymentInfo()
                    .getRoutingConfig()
                    .getCurrentDeploymentVersion()
                    .getBuildId();
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return ""; // its first worker makes a deployment
            }
            if (refused.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
                throw refused; // away, or not allowed: no reason to start a worker of no version
            }
            throw new NoDeployment(
                    ("Temporal at %s does not tell about worker deployments (%s), so a worker with a build id would get no"
                                    + " bakes. It takes a server of 1.28 or newer; start the worker without --build-id and"
                                    + " BAKERY_BUILD_ID otherwise.")
                            .formatted(temporal.address(), refused.getStatus()));
        }
    }
}
