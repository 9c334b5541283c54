package org.amibakery.simulator.ec2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.amibakery.simulator.wire.SimulatorError.refused;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.CreateKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairResponse;

/** Makes and deletes key pairs. The key is a real one, since clients parse it. */
final class KeyPairs {
    private static final Set<String> TAGGABLE = Set.of("key-pair");

    private final Ec2Place here;

    KeyPairs(Ec2Place here) {
        this.here = here;
    }

    CreateKeyPairResponse create(CreateKeyPairRequest request) {
        String name = LaunchChecks.require(request.keyName(), "KeyName");
        if (here.keyPairs().containsKey(name)) {
            throw refused("InvalidKeyPair.Duplicate", "The keypair already exists");
        }
        StoredKeyPair pair = here.track(new StoredKeyPair(here.ids().next("key"), here.place(), here.now(), name));
        here.keyPairs().put(name, pair);
        here.tag(pair, TagRules.tagsFor("key-pair", request.tagSpecifications(), TAGGABLE));
        return CreateKeyPairResponse.builder()
                .keyName(name)
                .keyPairId(pair.id())
                .keyFingerprint(here.ids().hex(40))
                .keyMaterial(privateKey())
                .tags(pair.tags().modelAt(here.now()))
                .build();
    }

    /** EC2 answers success for a key pair that does not exist. */
    DeleteKeyPairResponse delete(DeleteKeyPairRequest request) {
        Optional<StoredKeyPair> found = here.keyPairs().values().stream()
                .filter(pair ->
                        pair.name().equals(request.keyName()) || pair.id().equals(request.keyPairId()))
                .findFirst();
        found.ifPresent(pair -> {
            pair.delete(here.now());
            here.keyPairs().remove(pair.name());
        });
        return DeleteKeyPairResponse.builder()
                .returnValue(true)
                .keyPairId(found.map(StoredKeyPair::id).orElse(null))
                .build();
    }

    private static String privateKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(key);
            String label = "PRIVATE KEY-----";
            return "-----BEGIN " + label + "\n" + body + "\n-----END " + label;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform knows RSA", impossible);
        }
    }
}
