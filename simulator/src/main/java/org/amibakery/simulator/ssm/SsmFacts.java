package org.amibakery.simulator.ssm;

import java.time.Duration;

/** Changes the facts of Systems Manager in one account and region, for tests. */
public final class SsmFacts {
    private final Agents agents;
    private final Commands commands;
    private final Documents documents;
    private final Parameters parameters;

    SsmFacts(Agents agents, Commands commands, Documents documents, Parameters parameters) {
        this.agents = agents;
        this.commands = commands;
        this.documents = documents;
        this.parameters = parameters;
    }

    /** Makes sure a document of schema 2.2 exists with this YAML or JSON as its default version. */
    public void document(String name, String content) {
        documents.register(name, content);
    }

    /** Stores a parameter without checks, as AWS does for its public ones (/aws/service/...). */
    public void parameter(String name, String value) {
        parameters.seed(name, value);
    }

    /** Lets no agent register from now on; those registered stay. */
    public void agentNeverComes() {
        agents.letNewOnes(AgentFact.NEVER_COMES);
    }

    /** Lets agents of instances launched from now on register this much later than usual. */
    public void agentComesLate(Duration by) {
        agents.letNewOnes(AgentFact.late(by));
    }

    /** Lets agents of instances launched from now on be shown Online and pick no command up. */
    public void agentIsOnlineButDead() {
        agents.letNewOnes(AgentFact.IS_DEAD);
    }

    /** Lets agents of instances launched from now on work as usual. */
    public void agentsWork() {
        agents.letNewOnes(AgentFact.WORKS);
    }

    /** Lets the agent of the next instance alone never register. */
    public void nextAgentNeverComes() {
        agents.letNextOne(AgentFact.NEVER_COMES);
    }

    /** Lets the agent of the next instance alone be shown Online and pick no command up. */
    public void nextAgentIsOnlineButDead() {
        agents.letNextOne(AgentFact.IS_DEAD);
    }

    /** Decides what befalls the next command of a document whose name ends so; an empty text means any document. */
    public NextCommand nextCommandOf(String documentSuffix) {
        return new NextCommand(fact -> commands.expect(documentSuffix, fact));
    }
}
