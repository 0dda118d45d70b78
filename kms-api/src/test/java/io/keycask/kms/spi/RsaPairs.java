package io.keycask.kms.spi;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A few RSA key pairs that tests use in turn, because making one takes long. */
final class RsaPairs {
    private static final int PAIRS = 4;
    private static final AtomicInteger USED = new AtomicInteger();
    private static final List<KeyPair> ALL = generate();

    private RsaPairs() {}

    static KeyPair next() {
        return ALL.get(USED.getAndIncrement() % PAIRS);
    }

    private static List<KeyPair> generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            List<KeyPair> pairs = new ArrayList<>();
            for (int i = 0; i < PAIRS; i++) {
                pairs.add(generator.generateKeyPair());
            }
            return List.copyOf(pairs);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
