package org.amibakery.bake.aws;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.amibakery.aws.AwsClients;
import org.amibakery.bake.BakePlan;
import org.amibakery.bake.CommandPlan;
import org.amibakery.bake.TestPlan;
import org.amibakery.command.PlannedCommand;
import org.amibakery.recipe.Region;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ssm.model.DocumentDescription;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentException;

/**
 * Finds what a plan needs and the region does not have, before anything is created. Only a definite "there is none" counts:
 * a check that is denied or fails leaves it to the step that needs the thing.
 */
final class Prerequisites {
    private static final Logger log = LoggerFactory.getLogger(Prerequisites.class);

    private final AwsClients clients;
    private final Remembered<Place, DocumentVersion> documents;
    private final Remembered<Place, Boolean> functions;

    /** @param memory how long what is there is not asked for again; what is missing always is */
    Prerequisites(AwsClients clients, Duration memory, Clock clock) {
        this.clients = clients;
        documents = new Remembered<>(memory, clock);
        functions = new Remembered<>(memory, clock);
    }

    /** Fails naming everything that is missing; answers the documents' versions, as far as they could be read. */
    Map<String, DocumentVersion> check(BakePlan plan) {
        Region region = plan.region();
        List<String> missing = new ArrayList<>();
        Map<String, DocumentVersion> versions = new TreeMap<>();
        for (String document : new TreeSet<>(documents(plan))) {
            if (isMissing(() -> versions.put(document, version(new Place(region, document))))) {
                missing.add("SSM document " + document);
            }
        }
        for (String function : functions(plan)) {
            if (isMissing(() -> look(new Place(region, function)))) {
                missing.add("Lambda function " + function);
            }
        }
        if (!missing.isEmpty()) {
            throw PlanFailures.notInstalled(region, missing);
        }
        return versions;
    }

    private DocumentVersion version(Place document) {
        return documents.get(document, () -> {
            DocumentDescription described = clients.ssm(document.region())
                    .describeDocument(request -> request.name(document.name()))
                    .document();
            return new DocumentVersion(described.documentVersion(), described.hash());
        });
    }

    private void look(Place function) {
        functions.get(function, () -> {
            clients.lambda(function.region()).getFunction(request -> request.functionName(function.name()));
            return true;
        });
    }

    private static List<String> documents(BakePlan plan) {
        CommandPlan commands = plan.commands();
        Stream<PlannedCommand> steps = Stream.of(
                commands.verifyAgent(), commands.updatePackages(), commands.installPackages(), commands.scrub());
        Stream<PlannedCommand> test = plan.image().stages().test().map(TestPlan::command).stream();
        return Stream.of(steps, commands.playbooks().stream(), test)
                .flatMap(planned -> planned)
                .map(PlannedCommand::document)
                .toList();
    }

    private static List<String> functions(BakePlan plan) {
        return Stream.of(plan.foundation().function(), plan.retention().function())
                .flatMap(Optional::stream)
                .toList();
    }

    private static boolean isMissing(Runnable look) {
        try {
            look.run();
            return false;
        } catch (InvalidDocumentException | ResourceNotFoundException definite) {
            return true;
        } catch (SdkException inconclusive) {
            log.debug("It could not be checked whether the stack is complete; the bake goes on", inconclusive);
            return false;
        }
    }

    /** Where something of a name is looked for. */
    private record Place(Region region, String name) {}
}
