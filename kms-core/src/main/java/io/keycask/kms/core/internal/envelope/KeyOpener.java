package io.keycask.kms.core.internal.envelope;

import java.util.function.Function;

/** Where the data key of a message that was received comes from. */
interface KeyOpener {
    /**
     * Lends the data key of the message to the action, and returns its result.
     *
     * @throws io.keycask.kms.KmsException if no entry of the header leads to a data key that may be used
     */
    <T> T open(MessageHeader header, Function<byte[], T> action);
}
