package io.keycask.kms.core.internal.blob;

/**
 * How often a key version of a suite with random 96-bit nonces may encrypt, and how that is counted.
 *
 * @param firstBlock how many uses a process reserves when it first needs some; twice as many each time after that
 * @param maxBlock how many uses a process reserves at most at a time
 * @param rotateFrom from how many reserved uses on maintenance rotates the key
 * @param bound how many uses are never exceeded
 */
public record UsageLimits(long firstBlock, long maxBlock, long rotateFrom, long bound) {
    /**
     * The limits of AES-256-GCM. NIST SP 800-38D §8.3 allows 2^32 invocations under a key whose nonces are random; 2^24 of
     * them are left for the checks of keys, which are not counted.
     */
    public static final UsageLimits AES_GCM = new UsageLimits(1 << 8, 1 << 16, 1L << 31, (1L << 32) - (1L << 24));
}
