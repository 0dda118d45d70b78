package io.keycask.kms.crypto;

import java.security.Provider;
import java.util.List;
import java.util.function.Supplier;

/**
 * The JCA provider "Keycask", through which existing code reaches this package.
 *
 * <table>
 *   <caption>Services</caption>
 *   <tr><th>type</th><th>algorithm</th><th>notes</th></tr>
 *   <tr><td>Cipher</td><td>SM4/GCM/NoPadding</td><td>{@link javax.crypto.spec.GCMParameterSpec} with a tag of 128 bits; encryption
 *       streams, decryption collects the message until its tag is verified</td></tr>
 *   <tr><td>MessageDigest</td><td>SM3</td><td></td></tr>
 *   <tr><td>Mac</td><td>HmacSM3</td><td></td></tr>
 *   <tr><td>KeyGenerator</td><td>SM4</td><td>128 bits</td></tr>
 * </table>
 *
 * <p>Pass the object itself, as in {@code Cipher.getInstance("SM4/GCM/NoPadding", new KeycaskProvider())}, or install it by
 * {@link java.security.Security#addProvider}. It is also a service of {@link Provider}, so it may be named in
 * {@code java.security}. Keys are wiped only when the garbage collector takes them; who wants more uses {@link Sm4Gcm}.
 */
public final class KeycaskProvider extends Provider {
    private static final long serialVersionUID = 1L;

    /** Name of this provider. */
    public static final String NAME = "Keycask";

    /** Makes a provider; all of them do the same. */
    public KeycaskProvider() {
        super(NAME, "0.1", "SM4-GCM and SM3 of Keycask");
        add("Cipher", JcaSm4Gcm.ALGORITHM, List.of(), JcaSm4Gcm.class, JcaSm4Gcm::new);
        add("MessageDigest", "SM3", List.of("1.2.156.10197.1.401"), JcaSm3.class, JcaSm3::new);
        add("Mac", "HmacSM3", List.of("HMAC-SM3"), JcaHmacSm3.class, JcaHmacSm3::new);
        add("KeyGenerator", "SM4", List.of(), JcaSm4KeyGenerator.class, JcaSm4KeyGenerator::new);
    }

    private void add(String type, String algorithm, List<String> aliases, Class<?> spi, Supplier<?> maker) {
        putService(new Made(this, type, algorithm, aliases, spi.getName(), maker));
    }

    /** A service that is made by a call instead of reflection, so that its class need not be public. */
    private static final class Made extends Service {
        private final Supplier<?> maker;

        Made(Provider owner, String type, String algorithm, List<String> aliases, String spi, Supplier<?> maker) {
            super(owner, type, algorithm, spi, aliases, null);
            this.maker = maker;
        }

        @Override
        public Object newInstance(Object parameter) {
            return maker.get();
        }
    }
}
