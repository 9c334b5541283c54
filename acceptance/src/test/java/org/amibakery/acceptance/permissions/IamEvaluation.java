package org.amibakery.acceptance.permissions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.amibakery.acceptance.infrastructure.Stack;

/** Asks @cloud-copilot/iam-simulate, a program for node that evaluates policies as IAM does, offline. */
final class IamEvaluation {
    private static final Path PROGRAM = Path.of("src/test/iam/evaluate.mjs");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MISSING =
            "No policy was evaluated: @cloud-copilot/iam-simulate is not in $BAKERY_TOOLS/iam or in ~/.cache/bakery-tools/iam. Get it,"
                    + " from the folder acceptance, with: mkdir -p ~/.cache/bakery-tools/iam && cp src/test/iam/package.json"
                    + " ~/.cache/bakery-tools/iam/ && npm install --prefix ~/.cache/bakery-tools/iam";

    private final Path tool;
    private final Function<Principal, List<JsonNode>> policies;

    private IamEvaluation(Path tool, Function<Principal, List<JsonNode>> policies) {
        this.tool = tool;
        this.policies = policies;
    }

    /** Evaluates the policies of a stack; skips the tests where the program is missing, but fails them in CI. */
    static IamEvaluation require(Stack stack) {
        Optional<Path> tool = find();
        if (System.getenv("CI") != null) {
            assertThat(tool).as(MISSING).isPresent();
        }
        if (tool.isEmpty()) {
            System.err.println("Skipped: " + MISSING); // the build's output does not show why a test was skipped
        }
        assumeTrue(tool.isPresent(), MISSING);
        return new IamEvaluation(tool.get(), principal -> principal.policies(stack));
    }

    /** The same where everybody may do everything: a question that is denied here as well proves nothing of the stack. */
    IamEvaluation withoutLimits() {
        JsonNode all = JSON.valueToTree(Map.of(
                "Version",
                "2012-10-17",
                "Statement",
                List.of(Map.of("Effect", "Allow", "Action", "*", "Resource", "*"))));
        return new IamEvaluation(tool, principal -> List.of(all));
    }

    /**
     * What IAM says to one question.
     *
     * @param question what was asked
     * @param answer Allowed, ImplicitlyDenied, ExplicitlyDenied, or Error where the question makes no sense
     * @param resourceType what the resource is taken for
     * @param required the types of resources without which no such call can be made
     */
    record Verdict(Question question, String answer, String resourceType, List<String> required, String problem) {
        boolean isAllowed() {
            return answer.equals("Allowed");
        }

        /** An error is no denial: the question itself would be wrong. */
        boolean isDenied() {
            return answer.equals("ImplicitlyDenied") || answer.equals("ExplicitlyDenied");
        }

        @Override
        public String toString() {
            return "%s: %s %s".formatted(question, answer, problem);
        }
    }

    /** Answers all questions, in their order. */
    List<Verdict> evaluate(List<Question> questions) {
        Map<String, List<JsonNode>> byPrincipal = new LinkedHashMap<>();
        Arrays.stream(Principal.values()).forEach(it -> byPrincipal.put(it.name(), policies.apply(it)));
        return evaluate(
                byPrincipal,
                questions.stream()
                        .map(question -> new Asked(question.principal().name(), question))
                        .toList());
    }

    /** A question about somebody with these policies instead of its principal's own. */
    record Asked(String policies, Question question) {}

    /** Answers all questions, in their order, each by the policies that it names. */
    List<Verdict> evaluate(Map<String, List<JsonNode>> policiesByName, List<Asked> asked) {
        JsonNode answers = run(write(policiesByName, asked));
        assertThat(answers).hasSameSizeAs(asked);
        return IntStream.range(0, asked.size())
                .mapToObj(at -> verdict(asked.get(at).question(), answers.get(at)))
                .toList();
    }

    private static Verdict verdict(Question question, JsonNode answer) {
        return new Verdict(
                question,
                answer.get("answer").asText(),
                answer.path("resourceType").asText(),
                answer.has("required") ? Stack.texts(answer.get("required")) : List.of(),
                answer.path("problem").asText());
    }

    private static String write(Map<String, List<JsonNode>> policiesByName, List<Asked> asked) {
        List<Map<String, Object>> questions =
                asked.stream().map(IamEvaluation::written).toList();
        try {
            return JSON.writeValueAsString(Map.of("policies", policiesByName, "questions", questions));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Map<String, Object> written(Asked asked) {
        Need need = asked.question().need();
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("principal", asked.policies());
        written.put("action", need.action());
        written.put("resource", need.resource());
        Map<String, Object> context = new LinkedHashMap<>();
        need.context().forEach((key, values) -> context.put(key, isMany(key) ? values : values.get(0)));
        written.put("context", context);
        asked.question().resourcePolicy().ifPresent(policy -> written.put("resourcePolicy", policy));
        return written;
    }

    private static boolean isMany(String key) {
        return key.equals("aws:TagKeys") || key.equals("aws:CalledVia");
    }

    private JsonNode run(String input) {
        try {
            Process node = new ProcessBuilder("node", PROGRAM.toString(), tool.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            node.getOutputStream().write(input.getBytes(UTF_8));
            node.getOutputStream().close();
            byte[] answers = node.getInputStream().readAllBytes();
            assertThat(node.waitFor()).as(new String(answers, UTF_8)).isZero();
            return JSON.readTree(answers);
        } catch (IOException unanswered) {
            throw new UncheckedIOException(unanswered);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static Optional<Path> find() {
        Path tools = Optional.ofNullable(System.getenv("BAKERY_TOOLS"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache", "bakery-tools"));
        return Optional.of(tools.resolve("iam"))
                .map(Path::toAbsolutePath)
                .filter(folder -> Files.isDirectory(folder.resolve("node_modules/@cloud-copilot/iam-simulate")));
    }
}
