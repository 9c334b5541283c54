package org.amibakery.simulator.ec2;

/** Everything that answers for one place, by what it answers about. */
record Nouns(
        Launches launches,
        InstanceLifecycle lifecycle,
        InstanceDescriptions instances,
        InstanceAttributes attributes,
        ImageCreation imageCreation,
        ImageDeletion imageDeletion,
        ImageDescriptions images,
        ImageSettings imageSettings,
        ImageSharing imageSharing,
        ImageReferences references,
        TagCalls tags,
        VolumeCalls volumes,
        KeyPairs keyPairs,
        SecurityGroups groups,
        Networks networks,
        Offerings offerings,
        LaunchTemplates templates,
        FoundationImages foundationImages,
        OwnImages ownImages) {

    static Nouns of(Ec2Place here, FoundationImages foundationImages) {
        InstanceModels instanceModels = new InstanceModels(here);
        ImageModels imageModels = new ImageModels(here);
        LaunchTemplates templates = new LaunchTemplates(here);
        return new Nouns(
                new Launches(here, templates, instanceModels),
                new InstanceLifecycle(here),
                new InstanceDescriptions(here, instanceModels),
                new InstanceAttributes(here),
                new ImageCreation(here),
                new ImageDeletion(here),
                new ImageDescriptions(here, imageModels),
                new ImageSettings(here),
                new ImageSharing(here, imageModels),
                new ImageReferences(here),
                new TagCalls(here),
                new VolumeCalls(here),
                new KeyPairs(here),
                new SecurityGroups(here),
                new Networks(here),
                new Offerings(here),
                templates,
                foundationImages,
                new OwnImages(here));
    }
}
