package org.amibakery.simulator.ssm;

import org.amibakery.simulator.world.InstanceFleet;
import org.amibakery.simulator.world.ParameterStore;
import org.amibakery.simulator.world.Place;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.ssm.model.CancelCommandRequest;
import software.amazon.awssdk.services.ssm.model.CancelCommandResponse;
import software.amazon.awssdk.services.ssm.model.CreateDocumentRequest;
import software.amazon.awssdk.services.ssm.model.CreateDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DeleteDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DeleteDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterResponse;
import software.amazon.awssdk.services.ssm.model.DeleteParametersRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParametersResponse;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationResponse;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationRequest;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.GetDocumentRequest;
import software.amazon.awssdk.services.ssm.model.GetDocumentResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandInvocationsResponse;
import software.amazon.awssdk.services.ssm.model.ListCommandsRequest;
import software.amazon.awssdk.services.ssm.model.ListCommandsResponse;
import software.amazon.awssdk.services.ssm.model.ListDocumentsRequest;
import software.amazon.awssdk.services.ssm.model.ListDocumentsResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;
import software.amazon.awssdk.services.ssm.model.SendCommandResponse;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentDefaultVersionRequest;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentDefaultVersionResponse;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentRequest;
import software.amazon.awssdk.services.ssm.model.UpdateDocumentResponse;

/** Shows Systems Manager to one account in one region through the SDK's own interface. */
final class SimulatedSsm implements SsmClient {
    private final Parameters parameters;
    private final SsmFacts facts;
    private final DocumentCalls documentCalls;
    private final CommandCalls commandCalls;
    private final InvocationCalls invocationCalls;
    private final AgentCalls agentCalls;
    private final ParameterCalls parameterCalls;
    private final ResourceTags tags;

    SimulatedSsm(SystemsManager.Setup setup, Place place) {
        InstanceFleet fleet = setup.neighbours().instances(place);
        Agents agents = new Agents(setup.clock(), setup.timings(), fleet);
        Surroundings world =
                new Surroundings(place, setup.clock(), setup.timings(), agents, setup.runner(), setup.outputs());
        Documents documents = new Documents(place, setup.clock());
        BuiltInDocuments.addTo(documents);
        Commands commands = new Commands(world);
        fleet.whenTerminated(commands::instanceEnds);
        parameters = new Parameters(
                place,
                setup.clock(),
                setup.neighbours().images(place),
                setup.timings().visibility());
        facts = new SsmFacts(agents, commands, documents, parameters);
        documentCalls = new DocumentCalls(documents);
        commandCalls = new CommandCalls(world, commands, documents, parameters, setup.ids());
        invocationCalls = new InvocationCalls(world, commands);
        agentCalls = new AgentCalls(agents);
        parameterCalls = new ParameterCalls(parameters, setup.clock());
        tags = new ResourceTags(documents, parameters);
    }

    ParameterStore parameters() {
        return parameters;
    }

    SsmFacts facts() {
        return facts;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    @Override
    public CreateDocumentResponse createDocument(CreateDocumentRequest request) {
        return documentCalls.create(request);
    }

    @Override
    public UpdateDocumentResponse updateDocument(UpdateDocumentRequest request) {
        return documentCalls.update(request);
    }

    @Override
    public UpdateDocumentDefaultVersionResponse updateDocumentDefaultVersion(
            UpdateDocumentDefaultVersionRequest request) {
        return documentCalls.useByDefault(request);
    }

    @Override
    public DeleteDocumentResponse deleteDocument(DeleteDocumentRequest request) {
        return documentCalls.delete(request);
    }

    @Override
    public GetDocumentResponse getDocument(GetDocumentRequest request) {
        return documentCalls.get(request);
    }

    @Override
    public DescribeDocumentResponse describeDocument(DescribeDocumentRequest request) {
        return documentCalls.describe(request);
    }

    @Override
    public ListDocumentsResponse listDocuments(ListDocumentsRequest request) {
        return documentCalls.list(request);
    }

    @Override
    public SendCommandResponse sendCommand(SendCommandRequest request) {
        return commandCalls.send(request);
    }

    @Override
    public CancelCommandResponse cancelCommand(CancelCommandRequest request) {
        return commandCalls.cancel(request);
    }

    @Override
    public GetCommandInvocationResponse getCommandInvocation(GetCommandInvocationRequest request) {
        return invocationCalls.get(request);
    }

    @Override
    public ListCommandInvocationsResponse listCommandInvocations(ListCommandInvocationsRequest request) {
        return invocationCalls.listInvocations(request);
    }

    @Override
    public ListCommandsResponse listCommands(ListCommandsRequest request) {
        return invocationCalls.listCommands(request);
    }

    @Override
    public DescribeInstanceInformationResponse describeInstanceInformation(DescribeInstanceInformationRequest request) {
        return agentCalls.describe(request);
    }

    @Override
    public PutParameterResponse putParameter(PutParameterRequest request) {
        return parameterCalls.put(request);
    }

    @Override
    public GetParameterResponse getParameter(GetParameterRequest request) {
        return parameterCalls.get(request);
    }

    @Override
    public GetParametersResponse getParameters(GetParametersRequest request) {
        return parameterCalls.getAll(request);
    }

    @Override
    public GetParametersByPathResponse getParametersByPath(GetParametersByPathRequest request) {
        return parameterCalls.getByPath(request);
    }

    @Override
    public DeleteParameterResponse deleteParameter(DeleteParameterRequest request) {
        return parameterCalls.delete(request);
    }

    @Override
    public DeleteParametersResponse deleteParameters(DeleteParametersRequest request) {
        return parameterCalls.deleteAll(request);
    }

    @Override
    public AddTagsToResourceResponse addTagsToResource(AddTagsToResourceRequest request) {
        return tags.add(request);
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return tags.list(request);
    }
}
