package io.keycask.kms.core.internal.envelope;

import static java.util.Objects.checkFromIndexSize;

import java.io.IOException;

/**
 * The frames of a message in memory, encrypted or decrypted from array to array.
 *
 * <p>The place of a frame in both arrays follows from its number, so that any thread may take any frame. The frame after the
 * regular ones is the final one.
 */
final class ArrayFrames {
    private ArrayFrames() {}

    /** Encrypts all frames of a message; the output is where its body starts. */
    static void seal(
            NewMessage message,
            byte[] in,
            int inOffset,
            int length,
            byte[] out,
            int outOffset,
            Parallelism parallelism) {
        FrameLayout layout = message.layout();
        int frameLength = layout.frameLength();
        int regularFrames = (int) layout.regularFrames(length);
        FrameWork sealing = (cipher, index) -> {
            int from = inOffset + index * frameLength;
            int to = outOffset + index * layout.regularFrameBytes();
            if (index < regularFrames) {
                int unused = cipher.sealRegular(index + 1L, in, from, frameLength, out, to);
            } else {
                int unused = cipher.sealFinal(index + 1L, in, from, length - index * frameLength, out, to); // ENV-18
            }
        };
        run(message.cipher(), regularFrames + 1, frameLength, sealing, parallelism);
    }

    /** Decrypts all frames of a body that has this extent; if this throws, the output is for the caller to wipe. */
    static void open(
            FrameCipher cipher,
            FrameLayout layout,
            BodyExtent extent,
            byte[] in,
            byte[] out,
            int outOffset,
            Parallelism parallelism) {
        int frameLength = layout.frameLength();
        int regularFrames = extent.regularFrames();
        FrameWork opening = (worker, index) -> {
            int at = extent.start() + index * layout.regularFrameBytes();
            int to = outOffset + index * frameLength;
            if (index < regularFrames) {
                int content = at + FrameLayout.REGULAR_PREFIX_BYTES;
                worker.openRegular(index + 1L, in, at + Integer.BYTES, content, frameLength, out, to);
            } else {
                int content = at + FrameLayout.FINAL_PREFIX_BYTES;
                worker.openFinal(index + 1L, in, at + 2 * Integer.BYTES, content, extent.lastLength(), out, to);
            }
        };
        run(cipher, regularFrames + 1, frameLength, opening, parallelism);
    }

    private static void run(FrameCipher cipher, int frames, int frameLength, FrameWork work, Parallelism parallelism) {
        int step = parallelism.framesPerPiece(frameLength);
        if (parallelism.threads() == 1 || frames <= step) {
            run(cipher, 0, frames, work);
            return;
        }
        try {
            SharedWork.run(parallelism, (frames - 1) / step + 1, () -> new Share(cipher.fork(), frames, step, work));
        } catch (IOException e) {
            throw new AssertionError("arrays do not fail", e);
        }
    }

    private static void run(FrameCipher cipher, int from, int to, FrameWork work) {
        for (int index = from; index < to; index++) {
            work.run(cipher, index);
        }
    }

    /**
     * Makes sure that ranges lie in their arrays, and apart from each other.
     *
     * @throws IndexOutOfBoundsException if one does not lie in its array
     * @throws IllegalArgumentException if the two lie over each other
     */
    static void requireRoom(byte[] in, int inOffset, int length, byte[] out, int outOffset, int outLength) {
        int unused = checkFromIndexSize(outOffset, outLength, out.length);
        if (in == out && inOffset < outOffset + outLength && outOffset < inOffset + length) {
            throw new IllegalArgumentException("input and output lie over each other");
        }
    }

    /** What is done with one frame. */
    private interface FrameWork {
        void run(FrameCipher cipher, int index);
    }

    /** One thread's share of the work, which owns its cipher. */
    private record Share(FrameCipher cipher, int frames, int step, FrameWork work) implements SharedWork.Worker {
        @Override
        public void work(long piece) {
            int from = (int) piece * step;
            run(cipher, from, Math.min(frames - from, step) + from, work);
        }

        @Override
        public void close() {
            cipher.close();
        }
    }
}
