package io.keycask.kms.pkcs11;

import io.keycask.kms.ProviderException;
import io.keycask.kms.pkcs11.binding.Cka;
import io.keycask.kms.pkcs11.binding.Template;
import io.keycask.kms.pkcs11.session.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The name of a key on a token, and the way from the name to a handle.
 *
 * <p>Labels need not be unique on a token, and a handle means nothing after a restart. So a key has a label and an id
 * that follows from it, there must be exactly one object of both, and what the object says about itself is read back
 * before its handle is used: a key that can be extracted is no key of ours.
 *
 * @param label the {@code CKA_LABEL}
 * @param objectClass the {@code CKA_CLASS} of the object that computes: a secret key, or the private one of a pair
 */
record TokenObject(String label, long objectClass) {
    private static final int ID_BYTES = 16;
    private static final int AES_BYTES = 32;

    /** Returns the name of a secret key. */
    static TokenObject secret(String label) {
        return new TokenObject(label, Cka.CKO_SECRET_KEY);
    }

    /** Returns the name of a key pair. */
    static TokenObject pair(String label) {
        return new TokenObject(label, Cka.CKO_PRIVATE_KEY);
    }

    /** Returns the {@code CKA_ID}: the first 16 bytes of the label's SHA-256. */
    byte[] id() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(labelBytes());
            return Arrays.copyOf(digest, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    private byte[] labelBytes() {
        return label.getBytes(StandardCharsets.UTF_8);
    }

    private Template search() {
        return search(objectClass);
    }

    private Template search(long wantedClass) {
        return Template.empty()
                .with(Cka.CLASS, wantedClass)
                .with(Cka.TOKEN, true)
                .with(Cka.LABEL, labelBytes())
                .with(Cka.ID, id());
    }

    /** Returns what the private key of a new pair is to be: it signs or decrypts, and never leaves the token. */
    Template privateTemplate(long keyType, boolean signs) {
        return search().with(Cka.KEY_TYPE, keyType)
                .with(Cka.PRIVATE, true)
                .with(Cka.SENSITIVE, true)
                .with(Cka.EXTRACTABLE, false)
                .with(Cka.MODIFIABLE, false)
                .with(Cka.SIGN, signs)
                .with(Cka.DECRYPT, !signs)
                .with(Cka.UNWRAP, false)
                .with(Cka.DERIVE, false);
    }

    /** Returns what the public key of a new pair is to be. */
    Template publicTemplate(long keyType, boolean signs) {
        return search(Cka.CKO_PUBLIC_KEY)
                .with(Cka.KEY_TYPE, keyType)
                .with(Cka.PRIVATE, false)
                .with(Cka.MODIFIABLE, false)
                .with(Cka.VERIFY, signs)
                .with(Cka.ENCRYPT, !signs)
                .with(Cka.WRAP, false);
    }

    /** Returns the handle of the public key of the pair. */
    long findPublic(Session session) {
        List<Long> found = session.find(search(Cka.CKO_PUBLIC_KEY));
        if (found.size() != 1) {
            throw ProviderException.permanent(
                    "the token has " + found.size() + " public keys " + label + "; expected one", null);
        }
        return found.get(0);
    }

    /** Returns what a new key of this name is to be: it encrypts and decrypts, and never leaves the token. */
    Template template() {
        return search().with(Cka.KEY_TYPE, Cka.CKK_AES)
                .with(Cka.PRIVATE, true)
                .with(Cka.SENSITIVE, true)
                .with(Cka.EXTRACTABLE, false)
                .with(Cka.MODIFIABLE, false)
                .with(Cka.ENCRYPT, true)
                .with(Cka.DECRYPT, true)
                .with(Cka.WRAP, false)
                .with(Cka.UNWRAP, false)
                .with(Cka.SIGN, false)
                .with(Cka.VERIFY, false)
                .with(Cka.DERIVE, false);
    }

    /** Returns {@link #template} for a key that the token makes. */
    Template generated() {
        return template().with(Cka.VALUE_LEN, AES_BYTES);
    }

    /** Returns the handle; the token is asked once for each of its starts. */
    long resolve(Session session) {
        Optional<Long> known = session.generation().handle(label);
        if (known.isPresent()) {
            return known.get();
        }
        long found =
                find(session).orElseThrow(() -> ProviderException.permanent("the token has no key " + label, null));
        session.generation().remember(label, found);
        return found;
    }

    /** Returns the handle of the object of this name, if there is one, after its attributes were read back. */
    Optional<Long> find(Session session) {
        List<Long> found = session.find(search());
        if (found.size() > 1) {
            throw ProviderException.permanent(
                    "the token has " + found.size() + " keys " + label + "; expected one", null);
        }
        found.forEach(object -> requireSafe(session, object));
        return found.stream().findFirst();
    }

    /** Checks that the object is what was asked for. */
    void requireSafe(Session session, long object) {
        if (!session.flag(object, Cka.SENSITIVE) || session.flag(object, Cka.EXTRACTABLE)) {
            throw ProviderException.permanent(
                    "the key " + label + " can be taken out of the token: expected sensitive and not extractable",
                    null);
        }
        if (!Arrays.equals(session.attribute(object, Cka.LABEL, 2 * label.length()), labelBytes())) {
            throw ProviderException.permanent("the token gave another key for " + label, null);
        }
    }

    /** Destroys all objects of this name. */
    void destroy(Session session) {
        session.generation().forget(label);
        for (long each : new long[] {Cka.CKO_SECRET_KEY, Cka.CKO_PRIVATE_KEY, Cka.CKO_PUBLIC_KEY}) {
            session.find(search(each)).forEach(session::destroyObject);
        }
    }
}
