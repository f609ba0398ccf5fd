package io.eventful.channel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;
import org.jspecify.annotations.Nullable;

/** The one user of the embedded broker's acceptor. Asked only when there is one. */
final class ArtemisUser implements ActiveMQSecurityManager {

    static final String ROLE = "channels";

    private final @Nullable String user;
    private final @Nullable String password;

    ArtemisUser(@Nullable String user, @Nullable String password) {
        this.user = user;
        this.password = password;
    }

    @Override
    public boolean validateUser(@Nullable String givenUser, @Nullable String givenPassword) {
        return same(user, givenUser) & same(password, givenPassword);
    }

    @Override
    public boolean validateUserAndRole(
            @Nullable String givenUser, @Nullable String givenPassword, Set<Role> roles, CheckType check) {
        return validateUser(givenUser, givenPassword)
                && roles.stream().anyMatch(role -> role.getName().equals(ROLE) && check.hasRole(role));
    }

    private static boolean same(@Nullable String wanted, @Nullable String given) {
        return wanted != null
                && given != null
                && MessageDigest.isEqual(
                        wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
