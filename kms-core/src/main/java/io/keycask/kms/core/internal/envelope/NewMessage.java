package io.keycask.kms.core.internal.envelope;

/** A message that was begun: its header is complete, its frames are still to be written. Belongs to one thread. */
final class NewMessage implements AutoCloseable {
    private final byte[] header;
    private final FrameCipher cipher;
    private final FrameLayout layout;

    /** Takes the array as it is. */
    NewMessage(byte[] header, FrameCipher cipher, FrameLayout layout) {
        this.header = header;
        this.cipher = cipher;
        this.layout = layout;
    }

    /** Returns the header with its tag; nobody changes it. */
    byte[] header() {
        return header;
    }

    FrameCipher cipher() {
        return cipher;
    }

    FrameLayout layout() {
        return layout;
    }

    /** Wipes the key of the message. Idempotent. */
    @Override
    public void close() {
        cipher.close();
    }
}
