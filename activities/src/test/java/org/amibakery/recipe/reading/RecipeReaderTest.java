package org.amibakery.recipe.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.amibakery.authored.AuthoredText;
import org.amibakery.authored.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeReaderTest {
    private static final String RECIPE =
            """
            name: web
            region: us-east-1
            system: amazon-linux
            foundation: {name: "al2023-ami-2023.*-x86_64", owners: [amazon]}
            builder:
              instanceTypes: [t3.medium]
            """;

    private final RecipeReader reader = new RecipeReader();

    @ParameterizedTest(name = "{0}")
    @MethodSource({"unknownKeys", "wrongTypes", "wrongForms", "missingThings", "refusedByAws", "notYaml"})
    void bad_recipes_are_answered_with_every_problem_and_its_remedy(String what, String text, List<String> messages) {
        assertThatExceptionOfType(InvalidRecipe.class)
                .isThrownBy(() -> reader.read(new AuthoredText("web.yaml", text), List.of()))
                .satisfies(
                        refusal -> assertThat(refusal.getMessage().split("\n")).containsExactlyElementsOf(messages));
    }

    static Stream<Arguments> unknownKeys() {
        return Stream.of(
                bad(
                        "a misspelt key that must be there",
                        RECIPE.replace("instanceTypes", "instanceType"),
                        "web.yaml:6:3: unknown key \"instanceType\"; the nearest known key is \"instanceTypes\""),
                bad(
                        "keys misspelt, misplaced and unheard of",
                        RECIPE + "deadlin: 4h\nsubnets: []\nzzzzzzzzz: 1\n",
                        "web.yaml:7:1: unknown key \"deadlin\"; the nearest known key is \"deadline\"",
                        "web.yaml:8:1: unknown key \"subnets\"; it belongs to \"builder\"",
                        "web.yaml:9:1: unknown key \"zzzzzzzzz\"; known here are name, region, account, system, foundation, builder,"
                                + " packages, playbooks, image, retention, onFailure, deadline"),
                bad(
                        "a key written twice",
                        RECIPE + "name: other\n",
                        "web.yaml:7:1: the key \"name\" is written twice, first in line 1; keep one of them"));
    }

    static Stream<Arguments> wrongTypes() {
        return Stream.of(
                bad(
                        "a text for a list",
                        RECIPE.replace("[t3.medium]", "t3.medium"),
                        "web.yaml:6:18: builder.instanceTypes is a text where a list is expected;"
                                + " write instanceTypes: [t3.medium]"),
                bad(
                        "numbers for texts",
                        RECIPE + "image: {encrypt: false, tags: {release: 1.10}, shareWith: [111122223333]}\n",
                        "web.yaml:7:41: image.tags.release is a number where a text is expected;"
                                + " write it in quotes, release: \"1.10\"",
                        "web.yaml:7:60: image.shareWith[0] is a whole number where a text is expected;"
                                + " write it in quotes, \"111122223333\""),
                bad(
                        "a mapping for a list, and nothing for a mapping",
                        RECIPE + "playbooks: {source: s3://b/k.zip}\nretention:\n",
                        "web.yaml:7:12: playbooks is a mapping where a list is expected; write for example"
                                + " playbooks: [{source: s3://ami-bakery-playbooks/base.zip, playbook: site.yml}]",
                        "web.yaml:8:1: retention is empty where a mapping is expected;"
                                + " write for example retention: {olderThan: 30d, keepAtLeast: 3}"),
                bad(
                        "a text for a truth, a word for a number",
                        RECIPE + "image: {encrypt: \"yes\"}\nretention: {keepAtLeast: three}\n",
                        "web.yaml:7:18: image.encrypt is a text where true or false is expected;"
                                + " write for example encrypt: true",
                        "web.yaml:8:26: retention.keepAtLeast is a text where a whole number is expected;"
                                + " write for example keepAtLeast: 3"));
    }

    static Stream<Arguments> wrongForms() {
        return Stream.of(
                bad(
                        "durations without a unit",
                        RECIPE + "deadline: 4\nonFailure: hold-2\nretention: {olderThan: \"30\"}\n",
                        "web.yaml:7:11: deadline is a whole number where a text is expected;"
                                + " write a number with its unit, such as 45s, 90m, 4h or 30d",
                        "web.yaml:8:12: \"hold-2\" is not a failure policy;"
                                + " write terminate, or hold-2h to keep a failed builder for two hours",
                        "web.yaml:9:24: \"30\" is not a duration;"
                                + " write a number with its unit, such as 45s, 90m, 4h or 30d"),
                bad(
                        "a size without a unit",
                        RECIPE + "  rootVolume: {size: \"12\"}\n",
                        "web.yaml:7:22: \"12\" is not a volume size;"
                                + " write whole gibibytes with their unit, such as 12GiB"),
                bad(
                        "a system nobody knows",
                        RECIPE.replace("system: amazon-linux", "system: windows"),
                        "web.yaml:3:9: \"windows\" is not a system; write amazon-linux or ubuntu or debian"));
    }

    static Stream<Arguments> missingThings() {
        return Stream.of(
                bad(
                        "no owner",
                        RECIPE.replace(", owners: [amazon]", ""),
                        "web.yaml:4:1: foundation.owners is missing (Whose images count, by account id or alias:"
                                + " anybody can publish an image of any name); write for example owners: [amazon]"),
                bad(
                        "empty owners and candidates",
                        RECIPE.replace("[amazon]", "[]").replace("[t3.medium]", "[]"),
                        "web.yaml:4:56: no owner is named, and anybody can publish an image of any name;"
                                + " write owners: [amazon], or the vendor's 12-digit account id in quotes",
                        "web.yaml:6:18: no instance type is named, so there is no candidate to launch; write for example"
                                + " instanceTypes: [t3.medium, t3a.medium, m5.large]; they are tried in order"),
                bad("nothing", "# to do\n", "web.yaml:1:1: there is nothing in it; copy a sample and change it"),
                bad(
                        "a list",
                        "- name: web\n",
                        "web.yaml:1:1: this is a list where a mapping is expected; write keys: name, region, account, system,"
                                + " foundation, builder, packages, playbooks, image, retention, onFailure, deadline"));
    }

    static Stream<Arguments> refusedByAws() {
        return Stream.of(
                bad(
                        "sharing with everybody",
                        RECIPE + "image: {encrypt: false, shareWith: [all]}\n",
                        "web.yaml:7:37: \"all\" would publish the image to everybody with an AWS account;"
                                + " write the 12-digit ids of the accounts that may launch it"),
                bad(
                        "reserved tags",
                        RECIPE + "image: {tags: {\"ami-bakery:stack\": x, \"aws:y\": z, Name: n}}\n",
                        "web.yaml:7:36: tags beginning with ami-bakery: are the bakery's own; choose another key",
                        "web.yaml:7:48: tags beginning with aws: are reserved by AWS; choose another key",
                        "web.yaml:7:57: the tag Name is the image's own name; write it as image.name"),
                bad(
                        "names",
                        RECIPE.replace("name: web", "name: My Web") + "image: {name: \"web:{stamp}\"}\n",
                        "web.yaml:1:7: \"My Web\" is no recipe name;"
                                + " write 2 to 63 small letters, digits and dashes, such as my-web",
                        "web.yaml:7:15: {stamp} is no placeholder; write {recipe} or {region} or {timestamp}",
                        "web.yaml:7:15: every image of the recipe would have the same name, and EC2 refuses the second;"
                                + " write {timestamp} somewhere in it, such as {recipe}-{timestamp}"));
    }

    static Stream<Arguments> notYaml() {
        return Stream.of(
                bad(
                        "a tab",
                        "name: x\n\tregion: y\n",
                        "web.yaml:2:1: a tab stands where YAML allows spaces only; indent with spaces"),
                bad(
                        "an unquoted template",
                        "name: {recipe}-{timestamp}\n",
                        "web.yaml:1:15: the line does not fit those around it; indent keys of one mapping alike,"
                                + " and quote texts that begin with one of { [ * & ! % @ `"),
                bad(
                        "an unquoted pattern",
                        "name: *-x86\n",
                        "web.yaml:1:7: a text begins with *, which YAML takes for an alias; quote the text"),
                bad(
                        "an open quote",
                        "name: \"web\nregion: x\n",
                        "web.yaml:1:7: a quotation mark is never closed; close it"),
                bad(
                        "an open list",
                        "name: [web\nregion: x\n",
                        "web.yaml:1:7: a list in brackets is not well written;"
                                + " separate its entries by commas and close it with ]"),
                bad(
                        "a key without a colon",
                        "name: x\nregion\nsystem: y\n",
                        "web.yaml:2:1: a key is written without its colon; write key: value"),
                bad(
                        "two documents",
                        RECIPE + "---\nname: b\n",
                        "web.yaml:7:1: a second document begins here; write one a file"),
                bad(
                        "an alias of itself",
                        "name: &a [*a]\n",
                        "web.yaml:1:7: the alias contains itself; write its value out"),
                bad(
                        "a foreign tag",
                        RECIPE.replace("name: web", "name: !web web"),
                        "web.yaml:1:7: the tag !web means nothing here; take it away"),
                bad(
                        "a control character",
                        "name: \u0001\n",
                        "web.yaml:1:7: the character U+0001 is not allowed in YAML; take it away"));
    }

    private static Arguments bad(String what, String text, String... messages) {
        return arguments(what, text, List.of(messages));
    }

    @Test
    void a_missing_file_is_answered_with_the_nearest_one(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("ubuntu.yaml"), RECIPE);
        Path misspelt = folder.resolve("ubunt.yaml");

        assertThatExceptionOfType(InvalidRecipe.class)
                .isThrownBy(() -> reader.read(misspelt))
                .withMessage(misspelt + ": there is no such file; the nearest name beside it is ubuntu.yaml");
    }

    @Test
    void a_directory_is_answered_with_a_file_in_it(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("ubuntu.yaml"), RECIPE);

        assertThatExceptionOfType(InvalidRecipe.class)
                .isThrownBy(() -> reader.read(folder))
                .withMessage(folder + ": is a directory; name a file in it, such as ubuntu.yaml");
    }

    @Test
    void a_file_in_another_encoding_is_refused_where_it_shows(@TempDir Path folder) throws IOException {
        Path latin = folder.resolve("web.yaml");
        Files.write(latin, new byte[] {'a', ':', ' ', 'b', '\n', 'c', ':', ' ', (byte) 0xE9, '\n'});

        assertThatExceptionOfType(InvalidRecipe.class)
                .isThrownBy(() -> reader.read(latin))
                .withMessage(latin + ":2:4: is not UTF-8 text; save the file as UTF-8");
    }

    @Test
    void json_is_read_as_well_as_yaml() {
        String json =
                """
                {
                \t"name": "web", "region": "us-east-1", "system": "amazon-linux",
                \t"foundation": {"name": "al2023-ami-2023.*-x86_64", "owners": ["amazon"]},
                \t"builder": {"instanceTypes": ["t3.medium"]}
                }
                """;

        assertThat(read(json).recipe()).isEqualTo(read(RECIPE).recipe());
        assertThat(read(json).digest()).isEqualTo(read(RECIPE).digest());
    }

    @Test
    void what_yaml_and_a_workflows_input_say_is_the_same() {
        WrittenRecipe written = read(RECIPE + "image: {test: {document: null, command: ansible --version}}\n");

        WrittenRecipe input = reader.read(written.json());

        assertThat(input).isEqualTo(written);
        assertThat(input.json().at("/image/test").toString()).isEqualTo("{\"command\":\"ansible --version\"}");
    }

    @Test
    void a_workflows_input_is_judged_by_pointer() throws IOException {
        var input = new ObjectMapper().readTree("{\"name\": \"web\", \"sytem\": \"debian\", \"deadline\": \"5m\"}");

        assertThatExceptionOfType(InvalidRecipe.class)
                .isThrownBy(() -> reader.read(input))
                .withMessageContaining("/sytem: unknown key \"sytem\"; the nearest known key is \"system\"\n")
                .withMessageContaining("/deadline: no bake ends within 5m; write at least 15m;"
                        + " image creation alone may take hours, so 4h is the default");
    }

    @Test
    void settings_replace_values_and_keep_their_types() {
        WrittenRecipe recipe = read(
                RECIPE,
                "deadline=6h",
                "foundation.owners=099720109477",
                "builder.instanceTypes[1]=m5.large",
                "image.tags.cost.center=42",
                "retention.keepAtLeast=5",
                "region=null");

        assertThat(recipe.json().toString())
                .isEqualTo("{\"name\":\"web\",\"system\":\"amazon-linux\","
                        + "\"foundation\":{\"name\":\"al2023-ami-2023.*-x86_64\",\"owners\":[\"099720109477\"]},"
                        + "\"builder\":{\"instanceTypes\":[\"t3.medium\",\"m5.large\"]},\"deadline\":\"6h\","
                        + "\"image\":{\"tags\":{\"cost.center\":\"42\"}},\"retention\":{\"keepAtLeast\":5}}");
    }

    @Test
    void settings_that_fit_nothing_are_all_refused() {
        assertThatExceptionOfType(InvalidRecipe.class)
                .isThrownBy(() -> read(
                        RECIPE,
                        "deadlin=6h",
                        "builder.instanceTypes[7]=m5.large",
                        "name.x=3",
                        "system=windows",
                        "deadline=6"))
                .withMessage(
                        """
                        --set deadlin=6h: unknown key "deadlin"; the nearest known key is "deadline"
                        --set builder.instanceTypes[7]=m5.large: "7" is no entry of the list builder.instanceTypes;\
                         write a number from 0 to 1
                        --set name.x=3: name takes no keys; set it as a whole
                        --set system=windows: "windows" is not a system; write amazon-linux or ubuntu or debian
                        --set deadline=6: "6" is not a duration; write a number with its unit, such as 45s, 90m, 4h or 30d""");
    }

    @Test
    void the_digest_is_of_what_is_said_and_not_of_how() {
        RecipeDigest digest = read(RECIPE).digest();

        assertThat(read("# of the web team\nregion:   us-east-1\n" + RECIPE.replace("region: us-east-1\n", ""))
                        .digest())
                .isEqualTo(digest);
        assertThat(read(RECIPE.replace("t3.medium", "t3.large")).digest()).isNotEqualTo(digest);
        // other installations compare with digests in the tags of their images
        assertThat(digest.hex()).isEqualTo("8b136f6fa794267942a3c5fd24df49c2b8ee0bc4f844fb633c6f2499749f16ac");
    }

    private WrittenRecipe read(String text, String... settings) {
        return reader.read(
                new AuthoredText("web.yaml", text),
                Stream.of(settings).map(Setting::parse).toList());
    }
}
