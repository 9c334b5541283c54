package org.amibakery.simulator.sts;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.amibakery.simulator.wire.AccessKey;
import org.amibakery.simulator.world.Accounts;
import org.amibakery.simulator.world.SimulatorClock;
import software.amazon.awssdk.services.sts.StsClient;

/** Knows who each access key is and which roles may be assumed. Safe for use by several threads. */
public final class Identities {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int ID_LENGTH = 16;

    private final Accounts accounts;
    private final SimulatorClock clock;
    private final Random random;
    private final Map<String, Role> roles = new ConcurrentHashMap<>();
    private final Map<String, Identity> sessions = new ConcurrentHashMap<>();

    /** Starts without roles; the credentials of assumed roles are added to the accounts' keys. */
    public Identities(Accounts accounts, SimulatorClock clock, long seed) {
        this.accounts = accounts;
        this.clock = clock;
        this.random = new Random(seed);
    }

    /** Lets a role be assumed from now on. */
    public void add(Role role) {
        roles.put(role.arn(), role);
    }

    /** Makes the STS that the holder of an access key sees. */
    public StsClient clientFor(String accessKeyId) {
        return new SimulatedSts(this, accessKeyId);
    }

    /**
     * Says who a caller is (GetCallerIdentity).
     *
     * @param account the 12 digits of the account
     * @param arn the user or assumed role
     * @param userId the unique id of it
     */
    record Identity(String account, String arn, String userId) {
        boolean isSession() {
            return arn.startsWith("arn:aws:sts:");
        }
    }

    /** Holds an assumed role's credentials and who they are. */
    record Session(AccessKey key, Identity identity) {}

    /** Finds who an access key is; keys that were not lent by STS are one user of their account. */
    Identity identity(String accessKeyId) {
        Identity session = sessions.get(accessKeyId);
        if (session != null) {
            return session;
        }
        String account = accounts.accountOf(accessKeyId)
                .orElseThrow(() -> new IllegalArgumentException("No account holds the access key " + accessKeyId));
        return new Identity(account, "arn:aws:iam::" + account + ":user/simulator", "AIDASIMULATOR" + account);
    }

    Optional<Role> role(String arn) {
        return Optional.ofNullable(roles.get(arn));
    }

    Session open(Role role, String sessionName, Duration duration) {
        Instant expiry = clock.now().plus(duration).truncatedTo(ChronoUnit.SECONDS);
        AccessKey key = AccessKey.temporary(
                "ASIA" + newId(), "a-simulated-secret-" + newId(), "a-simulated-session-token-" + newId(), expiry);
        Identity identity = new Identity(
                role.account(),
                "arn:aws:sts::" + role.account() + ":assumed-role/" + role.name() + "/" + sessionName,
                "AROA" + idOf(role) + ":" + sessionName);
        sessions.put(key.id(), identity);
        accounts.accept(key, role.account());
        return new Session(key, identity);
    }

    private String idOf(Role role) {
        Random ofRole = new Random(role.arn().hashCode());
        return text(ofRole);
    }

    private synchronized String newId() {
        return text(random);
    }

    private static String text(Random source) {
        StringBuilder id = new StringBuilder();
        source.ints(ID_LENGTH, 0, ALPHABET.length()).forEach(at -> id.append(ALPHABET.charAt(at)));
        return id.toString();
    }
}
