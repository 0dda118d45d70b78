package io.keycask.kms.core.internal.envelope;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** The frames of a new message in a file, encrypted by one thread. */
final class MessageFileOutput implements FilePieces.Output {
    private final FileChannel channel;
    private final FrameCipher cipher;
    private final FrameLayout layout;
    private final long bodyOffset;
    private final long regularFrames;
    private byte[] sealed = new byte[0];

    /** An output of this message, whose plaintext has this length. */
    MessageFileOutput(FileChannel channel, NewMessage message, long plaintextBytes) {
        this.channel = channel;
        this.cipher = message.cipher().fork();
        this.layout = message.layout();
        this.bodyOffset = message.header().length;
        this.regularFrames = layout.regularFrames(plaintextBytes);
    }

    @Override
    public void write(long firstFrame, int frames, byte[] plaintext, int length) throws IOException {
        int most = frames * layout.regularFrameBytes() + FrameLayout.FINAL_PREFIX_BYTES;
        if (sealed.length < most) {
            sealed = new byte[most];
        }
        int at = 0;
        int done = 0;
        for (long index = firstFrame; index < firstFrame + frames; index++) {
            if (index < regularFrames) {
                at += cipher.sealRegular(index + 1, plaintext, done, layout.frameLength(), sealed, at);
                done += layout.frameLength();
            } else {
                at += cipher.sealFinal(index + 1, plaintext, done, length - done, sealed, at); // ENV-18
            }
        }
        PlainFile.writeFully(channel, sealed, at, bodyOffset + layout.frameOffset(firstFrame));
    }

    @Override
    public void close() {
        cipher.close();
    }
}
