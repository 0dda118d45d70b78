/**
 * How calls get to a token and come back from its faults: start from {@link io.keycask.kms.pkcs11.session.TokenSessions} and
 * {@link io.keycask.kms.pkcs11.session.Library}.
 */
@NullMarked
package io.keycask.kms.pkcs11.session;

import org.jspecify.annotations.NullMarked;
