package org.amibakery.acceptance.permissions;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.amibakery.acceptance.permissions.IamEvaluation.Verdict;
import org.amibakery.simulator.wire.Call;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the product calls, its roles allow: with the resources, tags and conditions of the call itself. */
class PermissionsTest {
    /** What this stack does not allow, since other accounts' roles are added by hand: docs/accounts.md. */
    private static final Set<String> ABROAD = Set.of("StsClient.AssumeRole");

    private static FullRun.Evidence run;
    private static IamEvaluation iam;

    @BeforeAll
    static void everything_runs() {
        run = FullRun.evidence();
        iam = IamEvaluation.require(run.world().stack());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BUILDER")
    void every_call_of_a_run_is_allowed(Principal principal) {
        Needs needs = new Needs(run.world());
        Set<Question> questions = new LinkedHashSet<>();
        for (Call call : run.calls().get(principal)) {
            needs.of(call).forEach(need -> questions.add(Question.of(principal, need)));
        }

        assertThat(questions).isNotEmpty();
        assertThat(iam.evaluate(List.copyOf(questions))).allMatch(Verdict::isAllowed);
    }

    /** What the SSM agent, scripts on builders and Lambda call in the name of these roles, and what S3 asks besides. */
    @ParameterizedTest
    @EnumSource
    void every_call_that_nobody_records_is_allowed(Principal principal) {
        List<Question> questions = Unseen.needs(principal, run.world().stack())
                .map(need -> Question.of(principal, need))
                .toList();

        assertThat(questions).isNotEmpty();
        assertThat(iam.evaluate(questions)).allMatch(Verdict::isAllowed);
    }

    @Test
    void scripts_fetch_playbooks_and_call_nothing_else() {
        assertThat(Unseen.callsOfScripts()).containsExactly("s3api get-object");
    }

    /** So that a resource which was forgotten here does not make a denied call look allowed. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BUILDER")
    void every_resource_that_a_call_involves_was_asked_for(Principal principal) {
        Needs needs = new Needs(run.world());
        Map<String, Call> oneOfEach = new TreeMap<>();
        run.calls().get(principal).forEach(call -> oneOfEach.putIfAbsent(call.operation(), call));
        Map<Question, String> questions = new LinkedHashMap<>();
        oneOfEach.forEach((operation, call) -> needs.of(call).stream()
                .filter(need -> !need.has("aws:CalledVia")) // what EC2 asks for in turn is not the call
                .forEach(need -> questions.put(Question.of(principal, need), operation)));

        Map<String, List<Verdict>> byCall = iam.evaluate(List.copyOf(questions.keySet())).stream()
                .collect(groupingBy(verdict -> questions.get(verdict.question())));

        assertThat(byCall.values()).allSatisfy(verdicts -> assertThat(verdicts)
                .allSatisfy(verdict -> assertThat(resourceTypes(verdicts, verdict))
                        .as(verdict.toString())
                        .containsAll(verdict.required())));
    }

    private static Set<String> resourceTypes(List<Verdict> verdicts, Verdict of) {
        return verdicts.stream()
                .filter(it -> it.question()
                        .need()
                        .action()
                        .equals(of.question().need().action()))
                .map(Verdict::resourceType)
                .collect(toSet());
    }

    /** A call that no run has made may be denied, and nobody would know: it must become part of the run. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BUILDER")
    void every_operation_that_the_code_can_call_was_called(Principal principal) {
        Set<String> called = new TreeSet<>();
        run.calls().get(principal).forEach(call -> called.add(client(call) + "." + call.operation()));

        Set<String> callable = new TreeSet<>(CallSites.of(principal));
        assertThat(callable).isNotEmpty();
        callable.removeAll(ABROAD);
        assertThat(called).containsAll(callable);
    }

    private static String client(Call call) {
        String service = call.scope().service();
        return Character.toUpperCase(service.charAt(0)) + service.substring(1) + "Client";
    }
}
