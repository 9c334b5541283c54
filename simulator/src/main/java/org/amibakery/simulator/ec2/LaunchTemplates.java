package org.amibakery.simulator.ec2;

import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.amibakery.simulator.wire.SimulatorError;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateVersionResponse;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesResponse;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ModifyLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.ModifyLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** Keeps launch templates and merges them into launches. */
final class LaunchTemplates {
    private static final Set<String> TAGGABLE = Set.of("launch-template");

    private final Ec2Place here;

    LaunchTemplates(Ec2Place here) {
        this.here = here;
    }

    CreateLaunchTemplateResponse create(CreateLaunchTemplateRequest request) {
        String name = LaunchChecks.require(request.launchTemplateName(), "LaunchTemplateName");
        RequestLaunchTemplateData data = LaunchChecks.require(request.launchTemplateData(), "LaunchTemplateData");
        if (named(name).isPresent()) {
            throw refused("InvalidLaunchTemplateName.AlreadyExistsException", "Launch template name already in use.");
        }
        StoredTemplate template = add(name, data, Ec2Resource.Origin.REQUESTED);
        here.tag(template, TagRules.tagsFor("launch-template", request.tagSpecifications(), TAGGABLE));
        return CreateLaunchTemplateResponse.builder()
                .launchTemplate(model(template))
                .build();
    }

    /** Adds a template whose first version is its default. */
    StoredTemplate add(String name, RequestLaunchTemplateData data, Ec2Resource.Origin origin) {
        StoredTemplate template =
                here.track(new StoredTemplate(here.ids().next("lt"), here.place(), here.now(), origin, name));
        template.add(here.now(), "", data);
        here.templates().put(template.id(), template);
        return template;
    }

    CreateLaunchTemplateVersionResponse createVersion(CreateLaunchTemplateVersionRequest request) {
        StoredTemplate template = find(request.launchTemplateId(), request.launchTemplateName());
        RequestLaunchTemplateData.Builder data =
                LaunchChecks.require(request.launchTemplateData(), "LaunchTemplateData").toBuilder();
        Optional.ofNullable(request.sourceVersion())
                .map(source -> version(template, source))
                .ifPresent(source -> Members.fill(source.data(), data));
        StoredTemplate.Version version = template.add(
                here.now(), Optional.ofNullable(request.versionDescription()).orElse(""), data.build());
        return CreateLaunchTemplateVersionResponse.builder()
                .launchTemplateVersion(model(template, version))
                .build();
    }

    ModifyLaunchTemplateResponse modify(ModifyLaunchTemplateRequest request) {
        StoredTemplate template = find(request.launchTemplateId(), request.launchTemplateName());
        Optional.ofNullable(request.defaultVersion())
                .map(wanted -> version(template, wanted).number())
                .ifPresent(template::makeDefault);
        return ModifyLaunchTemplateResponse.builder()
                .launchTemplate(model(template))
                .build();
    }

    DeleteLaunchTemplateResponse delete(DeleteLaunchTemplateRequest request) {
        StoredTemplate template = find(request.launchTemplateId(), request.launchTemplateName());
        template.delete(here.now());
        return DeleteLaunchTemplateResponse.builder()
                .launchTemplate(model(template))
                .build();
    }

    DescribeLaunchTemplatesResponse describe(DescribeLaunchTemplatesRequest request) {
        request.launchTemplateIds().forEach(id -> find(id, null));
        request.launchTemplateNames().forEach(name -> find(null, name));
        Filters<StoredTemplate> filters = Filters.<StoredTemplate>ofTagged(here.now())
                .on("launch-template-name", StoredTemplate::name)
                .on("create-time", template -> template.createdAt().toString());
        List<StoredTemplate> found = here.templates().values().stream()
                .filter(template -> template.existsAt(here.now()))
                .filter(template -> request.launchTemplateIds().isEmpty()
                        || request.launchTemplateIds().contains(template.id()))
                .filter(template -> request.launchTemplateNames().isEmpty()
                        || request.launchTemplateNames().contains(template.name()))
                .filter(filters.parse(request.filters()))
                .toList();
        Pages.Request asked = new Pages.Request(request.maxResults(), request.nextToken()).within(1, 200);
        Pages.Page<StoredTemplate> page = here.pages().page(found, StoredTemplate::id, asked);
        return DescribeLaunchTemplatesResponse.builder()
                .launchTemplates(page.items().stream().map(this::model).toList())
                .nextToken(page.nextToken())
                .build();
    }

    /** Without a template, $Latest and $Default tell those versions of all templates, as on AWS. */
    DescribeLaunchTemplateVersionsResponse describeVersions(DescribeLaunchTemplateVersionsRequest request) {
        boolean all = request.launchTemplateId() == null && request.launchTemplateName() == null;
        List<StoredTemplate> templates = all
                ? here.templates().values().stream()
                        .filter(template -> template.existsAt(here.now()))
                        .toList()
                : List.of(find(request.launchTemplateId(), request.launchTemplateName()));
        List<LaunchTemplateVersion> found = templates.stream()
                .flatMap(template ->
                        versions(template, request.versions()).stream().map(version -> model(template, version)))
                .distinct()
                .toList();
        Pages.Request asked = new Pages.Request(request.maxResults(), request.nextToken()).within(1, 200);
        Pages.Page<LaunchTemplateVersion> page =
                here.pages().page(found, version -> version.launchTemplateId() + "/" + version.versionNumber(), asked);
        return DescribeLaunchTemplateVersionsResponse.builder()
                .launchTemplateVersions(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    /** Fills what the launch leaves open from the template it names. */
    RunInstancesRequest mergeInto(RunInstancesRequest request) {
        LaunchTemplateSpecification named = request.launchTemplate();
        if (named == null || (named.launchTemplateId() == null && named.launchTemplateName() == null)) {
            return request;
        }
        StoredTemplate template = find(named.launchTemplateId(), named.launchTemplateName());
        String wanted = Optional.ofNullable(named.version()).orElse("$Default");
        RunInstancesRequest.Builder merged = request.toBuilder();
        Members.fill(version(template, wanted).data(), merged);
        return merged.build();
    }

    private static List<StoredTemplate.Version> versions(StoredTemplate template, List<String> wanted) {
        return wanted.isEmpty()
                ? template.versions()
                : wanted.stream().map(name -> version(template, name)).toList();
    }

    private static StoredTemplate.Version version(StoredTemplate template, String wanted) {
        String number =
                switch (wanted) {
                    case "$Default" -> String.valueOf(template.defaultVersion());
                    case "$Latest" -> String.valueOf(template.latestVersion());
                    default -> wanted;
                };
        return template.versions().stream()
                .filter(version -> String.valueOf(version.number()).equals(number))
                .findFirst()
                .orElseThrow(() -> refused(
                        "InvalidLaunchTemplateId.VersionNotFound",
                        "Could not find the specified version " + wanted + " for the launch template with ID "
                                + template.id() + "."));
    }

    private Optional<StoredTemplate> named(String name) {
        return here.templates().values().stream()
                .filter(template -> template.existsAt(here.now()))
                .filter(template -> template.name().equals(name))
                .findFirst();
    }

    private StoredTemplate find(String id, String name) {
        if (id == null && name == null) {
            throw refused("MissingParameter", "Either LaunchTemplateId or LaunchTemplateName must be specified.");
        }
        Optional<StoredTemplate> found = id == null
                ? named(name)
                : Optional.ofNullable(here.templates().get(id)).filter(template -> template.existsAt(here.now()));
        return found.orElseThrow(() -> id == null ? nameNotFound(name) : idNotFound(id));
    }

    private static SimulatorError idNotFound(String id) {
        return refused(
                "InvalidLaunchTemplateId.NotFound",
                "The specified launch template, with template ID " + id + ", does not exist.");
    }

    private static SimulatorError nameNotFound(String name) {
        return refused(
                "InvalidLaunchTemplateName.NotFoundException",
                "The specified launch template, with template name " + name + ", does not exist.");
    }

    private LaunchTemplate model(StoredTemplate template) {
        return LaunchTemplate.builder()
                .launchTemplateId(template.id())
                .launchTemplateName(template.name())
                .createTime(template.createdAt())
                .createdBy("arn:aws:iam::" + here.account() + ":root")
                .defaultVersionNumber(template.defaultVersion())
                .latestVersionNumber(template.latestVersion())
                .tags(template.tags().modelAt(here.now()))
                .build();
    }

    private LaunchTemplateVersion model(StoredTemplate template, StoredTemplate.Version version) {
        ResponseLaunchTemplateData.Builder data = ResponseLaunchTemplateData.builder();
        Members.fill(version.data(), data);
        return LaunchTemplateVersion.builder()
                .launchTemplateId(template.id())
                .launchTemplateName(template.name())
                .versionNumber(version.number())
                .versionDescription(version.description())
                .createTime(version.createdAt())
                .defaultVersion(version.number() == template.defaultVersion())
                .launchTemplateData(data.build())
                .build();
    }
}
