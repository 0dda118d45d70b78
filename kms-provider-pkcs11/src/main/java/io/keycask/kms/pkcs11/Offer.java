package io.keycask.kms.pkcs11;

import io.keycask.kms.DecryptionAlgorithm;
import io.keycask.kms.KeySpec;
import io.keycask.kms.SignatureAlgorithm;
import io.keycask.kms.pkcs11.Pkcs11Configuration.OaepHash;
import io.keycask.kms.pkcs11.binding.Cka;
import io.keycask.kms.spi.Capability;
import io.keycask.kms.spi.CiphertextSuite;
import java.util.HashSet;
import java.util.Set;

/**
 * What a token can be used for, which follows from its mechanisms.
 *
 * @param mechanisms those of the token
 * @param oaepHashes the digests that it can do RSA-OAEP with
 */
record Offer(Set<Long> mechanisms, Set<OaepHash> oaepHashes) {
    static Offer of(Set<Long> mechanisms, Set<OaepHash> oaepHashes) {
        return new Offer(mechanisms, oaepHashes);
    }

    Set<Capability> capabilities() {
        Set<Capability> offered = new HashSet<>();
        if (has(Cka.CKM_AES_KEY_GEN, Cka.CKM_AES_GCM)) {
            offered.add(Capability.encrypt(KeySpec.AES_256, CiphertextSuite.AES_256_GCM));
            offered.add(Capability.importing(KeySpec.AES_256));
        }
        for (PairSpec pair : PairSpec.values()) {
            if (pair.isRsa() && has(Cka.CKM_RSA_PKCS_KEY_PAIR_GEN)) {
                addRsa(pair.spec(), offered);
            }
            if (!pair.isRsa() && has(Cka.CKM_EC_KEY_PAIR_GEN, Cka.CKM_ECDSA)) {
                pair.curveAlgorithm().ifPresent(algorithm -> offered.add(Capability.sign(pair.spec(), algorithm)));
            }
        }
        return Set.copyOf(offered);
    }

    private void addRsa(KeySpec spec, Set<Capability> offered) {
        if (has(Cka.CKM_RSA_PKCS)) {
            offered.add(Capability.sign(spec, SignatureAlgorithm.RSA_PKCS1_SHA_256));
            offered.add(Capability.decrypt(spec, DecryptionAlgorithm.RSAES_PKCS1_V1_5));
        }
        if (has(Cka.CKM_RSA_PKCS_PSS)) {
            offered.add(Capability.sign(spec, SignatureAlgorithm.RSA_PSS_SHA_256));
        }
        if (has(Cka.CKM_RSA_PKCS_OAEP)) {
            if (oaepHashes.contains(OaepHash.SHA_1)) {
                offered.add(Capability.decrypt(spec, DecryptionAlgorithm.RSAES_OAEP_SHA_1));
            }
            if (oaepHashes.contains(OaepHash.SHA_256)) {
                offered.add(Capability.decrypt(spec, DecryptionAlgorithm.RSAES_OAEP_SHA_256));
            }
        }
    }

    private boolean has(long... wanted) {
        for (long mechanism : wanted) {
            if (!mechanisms.contains(mechanism)) {
                return false;
            }
        }
        return true;
    }
}
