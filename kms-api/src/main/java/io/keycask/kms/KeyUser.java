package io.keycask.kms;

/**
 * An account that may do something with a key.
 *
 * @param account the account
 * @param isConditional whether that depends on conditions, for example on the address or the time
 */
public record KeyUser(String account, boolean isConditional) {}
