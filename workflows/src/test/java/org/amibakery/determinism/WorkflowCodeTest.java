package org.amibakery.determinism;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.amibakery.bake.BakeWorkflowImpl;
import org.amibakery.determinism.offenders.CountsInAStatic;
import org.amibakery.determinism.offenders.KnowsItsAddress;
import org.amibakery.determinism.offenders.LogsByItself;
import org.amibakery.determinism.offenders.OpensASocket;
import org.amibakery.determinism.offenders.ReadsAFile;
import org.amibakery.determinism.offenders.ReadsTheClock;
import org.amibakery.determinism.offenders.ReadsTheEnvironment;
import org.amibakery.determinism.offenders.RollsDice;
import org.amibakery.determinism.offenders.StartsAThread;
import org.amibakery.determinism.offenders.Synchronizes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds everything in this module to what a replay needs: records and rules run inside workflow code too. It stands in
 * for temporal-workflowcheck, from whose list of calls ours was made.
 */
class WorkflowCodeTest {
    private static final JavaClasses WORKFLOW_CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.amibakery");

    private static final ArchRule NOTHING_FORBIDDEN = classes()
            .should(ForbiddenUses.areAbsent())
            .because("a replay must see what the first run saw, or the bake stops for ever");

    private static final ArchRule NO_SYNCHRONIZED_METHOD = methods()
            .should()
            .notHaveModifier(SYNCHRONIZED)
            .because("a lock blocks the workflow's thread, which Temporal takes for a deadlock after a second");

    private static final ArchRule NO_MUTABLE_STATIC = fields().that()
            .haveModifier(STATIC)
            .should()
            .haveModifier(FINAL)
            .because("a worker runs many workflows in one process, and a replay starts with other statics");

    private static final ArchRule ONLY_TEMPORAL = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.temporal..", "com.fasterxml.jackson..", "org.slf4j", "org.amibakery..")
            .because("workflows say what happens; how it is done on AWS is the activities' business");

    @Test
    void workflow_code_is_there_to_be_checked() {
        assertThat(WORKFLOW_CODE.contain(BakeWorkflowImpl.class)).isTrue();
        assertThat(WORKFLOW_CODE).hasSizeGreaterThan(50);
    }

    @Test
    void workflow_code_touches_no_clock_chance_thread_file_socket_or_environment() {
        NOTHING_FORBIDDEN.check(WORKFLOW_CODE);
    }

    @Test
    void workflow_code_takes_no_lock() {
        NO_SYNCHRONIZED_METHOD.check(WORKFLOW_CODE);
    }

    @Test
    void workflow_code_has_no_mutable_static() {
        NO_MUTABLE_STATIC.check(WORKFLOW_CODE);
    }

    @Test
    void workflow_code_uses_temporal_and_what_comes_with_it() {
        ONLY_TEMPORAL.check(WORKFLOW_CODE);
    }

    @ParameterizedTest
    @CsvSource({
        "currentTimeMillis, WALL CLOCK",
        "Instant.now, WALL CLOCK",
        "LocalDate.now, WALL CLOCK",
        "Clock.systemUTC, WALL CLOCK",
        "java.util.Date.<init>(), WALL CLOCK"
    })
    void catches_a_class_that_reads_the_clock(String call, String kind) {
        assertCaught(NOTHING_FORBIDDEN, ReadsTheClock.class, kind, call);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Math.random", "UUID.randomUUID", "java.util.Random.<init>", "SecureRandom.<init>"})
    void catches_a_class_that_rolls_dice(String call) {
        assertCaught(NOTHING_FORBIDDEN, RollsDice.class, "RANDOMNESS", call);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identityHashCode", "IdentityHashMap"})
    void catches_a_class_that_depends_on_addresses(String use) {
        assertCaught(NOTHING_FORBIDDEN, KnowsItsAddress.class, "IDENTITY", use);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CompletableFuture", "ExecutorService", "ReentrantLock", "parallelStream", "Thread.sleep"})
    void catches_a_class_that_starts_a_thread_or_takes_a_lock(String use) {
        assertCaught(NOTHING_FORBIDDEN, StartsAThread.class, "THREADS AND LOCKS", use);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.nio.file.Files.readString", "java.nio.file.Path", "java.io.File"})
    void catches_a_class_that_reads_a_file(String use) {
        assertCaught(NOTHING_FORBIDDEN, ReadsAFile.class, "FILES", use);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.net.Socket", "java.net.http.HttpClient"})
    void catches_a_class_that_opens_a_socket(String use) {
        assertCaught(NOTHING_FORBIDDEN, OpensASocket.class, "SOCKETS", use);
    }

    @ParameterizedTest
    @ValueSource(strings = {"System.getenv", "System.getProperty", "System.out", "ZoneId.systemDefault"})
    void catches_a_class_that_reads_the_environment(String use) {
        assertCaught(NOTHING_FORBIDDEN, ReadsTheEnvironment.class, "ENVIRONMENT", use);
    }

    @Test
    void catches_a_synchronized_method() {
        assertCaught(NO_SYNCHRONIZED_METHOD, Synchronizes.class, "SYNCHRONIZED", "next()");
    }

    @Test
    void catches_a_static_that_changes() {
        assertCaught(NO_MUTABLE_STATIC, CountsInAStatic.class, "FINAL", "bakes");
    }

    @Test
    void catches_a_library_that_does_not_come_with_temporal() {
        assertCaught(ONLY_TEMPORAL, LogsByItself.class, "ch.qos.logback", "LogsByItself");
    }

    @ParameterizedTest
    @MethodSource("org.amibakery.determinism.ForbiddenUses#all")
    void whatever_the_list_names_exists(ForbiddenUse use) {
        assertThat(use.exists()).isTrue();
    }

    private static void assertCaught(ArchRule rule, Class<?> offender, String... words) {
        JavaClasses offenders = new ClassFileImporter().importClasses(offender);

        assertThatThrownBy(() -> rule.check(offenders))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(words);
    }
}
