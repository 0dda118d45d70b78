/** The cryptographic primitives that Keycask's data path needs and the JDK lacks; usable alone. */
module io.keycask.kms.crypto {
    requires static org.jspecify;

    exports io.keycask.kms.crypto;

    provides java.security.Provider with
            io.keycask.kms.crypto.KeycaskProvider;
}
