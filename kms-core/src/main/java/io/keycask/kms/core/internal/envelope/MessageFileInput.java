package io.keycask.kms.core.internal.envelope;

import java.io.IOException;

/** The frames of a message in a file, decrypted by one thread. */
record MessageFileInput(ChannelFrames channel) implements FilePieces.Input {
    @Override
    public void read(long firstFrame, int frames, byte[] plaintext, int length) throws IOException {
        int at = 0;
        for (int i = 0; i < frames; i++) {
            at += channel.open(firstFrame + i, plaintext, at);
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
