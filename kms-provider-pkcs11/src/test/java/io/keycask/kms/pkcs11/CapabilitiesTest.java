package io.keycask.kms.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.KeySpec;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.pkcs11.Pkcs11Configuration.OaepHash;
import io.keycask.kms.pkcs11.binding.Cka;
import io.keycask.kms.spi.Capability;
import io.keycask.kms.spi.CiphertextSuite;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What each library has to offer: a capability that vanishes would take the contract's tests of it with it. */
final class CapabilitiesTest {
    private static final List<KeySpec> RSA = List.of(KeySpec.RSA_2048, KeySpec.RSA_3072, KeySpec.RSA_4096);

    @Test
    void softHsm_offersEverythingButOaepWithSha256() {
        try (Pkcs11Provider provider = Pkcs11Provider.open(SoftHsm.newToken())) {
            assertThat(provider.capabilities()).isEqualTo(expected(DecryptionAlgorithm.RSAES_OAEP_SHA_1));
        }
    }

    @Test
    void nss_offersEverything() {
        try (Pkcs11Provider provider = Pkcs11Provider.open(Nss.token())) {
            assertThat(provider.capabilities())
                    .isEqualTo(expected(DecryptionAlgorithm.RSAES_OAEP_SHA_1, DecryptionAlgorithm.RSAES_OAEP_SHA_256));
        }
    }

    private static Set<Capability> expected(DecryptionAlgorithm... oaep) {
        Set<Capability> expected = new HashSet<>();
        expected.add(Capability.encrypt(KeySpec.AES_256, CiphertextSuite.AES_256_GCM));
        expected.add(Capability.importing(KeySpec.AES_256));
        expected.add(Capability.sign(KeySpec.EC_P256, SignatureAlgorithm.ECC_P256_R1));
        expected.add(Capability.sign(KeySpec.EC_P384, SignatureAlgorithm.ECC_P384_R1));
        for (KeySpec spec : RSA) {
            expected.add(Capability.sign(spec, SignatureAlgorithm.RSA_PKCS1_SHA_256));
            expected.add(Capability.sign(spec, SignatureAlgorithm.RSA_PSS_SHA_256));
            expected.add(Capability.decrypt(spec, DecryptionAlgorithm.RSAES_PKCS1_V1_5));
            for (DecryptionAlgorithm algorithm : oaep) {
                expected.add(Capability.decrypt(spec, algorithm));
            }
        }
        return expected;
    }

    @Test
    void tokenWithoutAMechanism_offersNothingThatNeedsIt() {
        Set<OaepHash> hashes = EnumSet.allOf(OaepHash.class);

        assertThat(Offer.of(Set.of(), hashes).capabilities()).isEmpty();
        assertThat(Offer.of(Set.of(Cka.CKM_AES_KEY_GEN), hashes).capabilities()).isEmpty();
        assertThat(Offer.of(Set.of(Cka.CKM_RSA_PKCS_OAEP), hashes).capabilities())
                .isEmpty();
        assertThat(Offer.of(Set.of(Cka.CKM_EC_KEY_PAIR_GEN), hashes).capabilities())
                .isEmpty();
    }
}
