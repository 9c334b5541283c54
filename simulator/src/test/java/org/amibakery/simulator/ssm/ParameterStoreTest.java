package org.amibakery.simulator.ssm;

import static org.amibakery.simulator.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.amibakery.simulator.wire.SimulatorError;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterType;

class ParameterStoreTest {
    private static final String IMAGE = "/ami-bakery/images/web";

    private final SsmWorld world = new SsmWorld();

    @Test
    void counts_versions_and_finds_old_ones() {
        create("/a", "one");
        overwrite("/a", "two");

        assertThat(get("/a")).returns("two", Parameter::value).returns(2L, Parameter::version);
        assertThat(get("/a:1")).returns("one", Parameter::value);
        assertThat(get("/a").arn()).isEqualTo("arn:aws:ssm:us-east-1:111122223333:parameter/a");
    }

    @Test
    void refuses_to_overwrite_unless_asked() {
        create("/a", "one");

        assertRefused("ParameterAlreadyExists", () -> create("/a", "two"))
                .satisfies(error -> assertThat(error).hasMessageContaining("set the overwrite option"));
        assertThat(get("/a").value()).isEqualTo("one");
    }

    @Test
    void refuses_unknown_parameters() {
        assertRefused("ParameterNotFound", () -> get("/gone"))
                .returns("Parameter /gone not found.", SimulatorError::getMessage);
    }

    @Test
    void writes_an_image_id_only_after_it_was_validated() {
        world.launchableImages.add("ami-0000000000000good");
        putImage("ami-0000000000000good");

        assertRefused("ParameterNotFound", () -> get(IMAGE)).returns(400, SimulatorError::status);
        world.clock.passes(SsmWorld.LAG);

        assertThat(get(IMAGE).value()).isEqualTo("ami-0000000000000good");
    }

    @Test
    void drops_an_image_id_that_cannot_be_launched_though_the_put_was_accepted() {
        world.launchableImages.add("ami-0000000000000good");
        putImage("ami-0000000000000good");
        world.clock.passes(SsmWorld.LAG);

        putImage("ami-00000000000000bad");
        world.clock.passes(SsmWorld.LAG);

        assertThat(get(IMAGE).value()).isEqualTo("ami-0000000000000good");
    }

    @Test
    void shows_a_secure_string_only_when_decryption_is_asked_for() {
        world.ssm.putParameter(it -> it.name("secret").value("s3cret").type(ParameterType.SECURE_STRING));

        assertThat(get("secret").value()).doesNotContain("s3cret");
        assertThat(world.ssm
                        .getParameter(it -> it.name("secret").withDecryption(true))
                        .parameter()
                        .value())
                .isEqualTo("s3cret");
    }

    @Test
    void lists_a_path_page_by_page_children_only_unless_recursive() {
        for (int number = 0; number < 12; number++) {
            create("/web/" + number, "x");
        }
        create("/web/deep/er", "x");
        create("/webber", "x");

        assertThat(world.ssm.getParametersByPathPaginator(it -> it.path("/web")).stream()
                        .flatMap(page -> page.parameters().stream()))
                .hasSize(12);
        assertThat(world.ssm.getParametersByPathPaginator(it -> it.path("/web").recursive(true)).stream()
                        .flatMap(page -> page.parameters().stream()))
                .hasSize(13);
    }

    @Test
    void names_the_parameters_it_could_not_find() {
        create("/a", "one");

        GetParametersResponse answer = world.ssm.getParameters(it -> it.names("/a", "/b"));

        assertThat(answer.parameters()).extracting(Parameter::name).containsExactly("/a");
        assertThat(answer.invalidParameters()).containsExactly("/b");
    }

    @Test
    void refuses_reserved_names_and_values_beyond_4096_characters() {
        assertRefused("AccessDeniedException", () -> create("/aws/x", "y"))
                .returns("No access to reserved parameter name: /aws/x.", SimulatorError::getMessage);
        assertRefused("ValidationException", () -> create("/a", "x".repeat(4097)))
                .satisfies(error -> assertThat(error).hasMessageContaining("maximum parameter value of 4096"));
    }

    @Test
    void forgets_deleted_parameters() {
        create("/a", "one");

        world.ssm.deleteParameter(it -> it.name("/a"));

        assertRefused("ParameterNotFound", () -> get("/a")).returns(400, SimulatorError::status);
        assertRefused("ParameterNotFound", () -> world.ssm.deleteParameter(it -> it.name("/a")))
                .returns(400, SimulatorError::status);
    }

    private void create(String name, String value) {
        world.ssm.putParameter(it -> it.name(name).value(value).type(ParameterType.STRING));
    }

    private void overwrite(String name, String value) {
        world.ssm.putParameter(it -> it.name(name).value(value).overwrite(true));
    }

    private void putImage(String imageId) {
        world.ssm.putParameter(it -> it.name(IMAGE)
                .value(imageId)
                .type(ParameterType.STRING)
                .dataType("aws:ec2:image")
                .overwrite(true));
    }

    private Parameter get(String name) {
        return world.ssm.getParameter(it -> it.name(name)).parameter();
    }
}
