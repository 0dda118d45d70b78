package io.keycask.kms.core.internal.envelope;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The frames of a file, each thread reading, working on and writing pieces of its own.
 *
 * <p>The place of a frame follows from its number in both files, and nobody sees the output before all of it is there and
 * authentic, so that the pieces need no order. A thread has one piece of plaintext and one of the message in memory.
 */
final class FilePieces {
    private final Parallelism parallelism;
    private final Progress progress;
    private final int frameLength;
    private final long plaintextBytes;

    /** The pieces of a plaintext of this length, in frames of this length. */
    FilePieces(Parallelism parallelism, Progress progress, int frameLength, long plaintextBytes) {
        this.parallelism = parallelism;
        this.progress = progress;
        this.frameLength = frameLength;
        this.plaintextBytes = plaintextBytes;
    }

    /** Moves all frames and returns the length of the plaintext; each thread has an input and an output of its own. */
    long move(Supplier<? extends Input> inputs, Supplier<? extends Output> outputs) throws IOException {
        int step = parallelism.framesPerPiece(frameLength);
        long frames = new FrameLayout(frameLength).regularFrames(plaintextBytes) + 1;
        SharedWork.run(parallelism, (frames - 1) / step + 1, () -> new Mover(step, frames, inputs, outputs));
        progress.complete();
        return plaintextBytes;
    }

    /** Where plaintext comes from. */
    interface Input extends AutoCloseable {
        /** Reads the plaintext of frames, which has this length, into the start of the array. */
        void read(long firstFrame, int frames, byte[] plaintext, int length) throws IOException;

        @Override
        void close();
    }

    /** Where plaintext goes to. */
    interface Output extends AutoCloseable {
        /** Writes the plaintext of frames, which is at the start of the array. */
        void write(long firstFrame, int frames, byte[] plaintext, int length) throws IOException;

        @Override
        void close();
    }

    private final class Mover implements SharedWork.Worker {
        private final int step;
        private final long frames;
        private final Input input;
        private final Output output;
        private final byte[] plaintext;

        Mover(int step, long frames, Supplier<? extends Input> inputs, Supplier<? extends Output> outputs) {
            this.step = step;
            this.frames = frames;
            this.plaintext = new byte[step * frameLength];
            this.input = inputs.get();
            this.output = outputs.get();
        }

        @Override
        public void work(long piece) throws IOException {
            long first = piece * step;
            int count = (int) Math.min(step, frames - first);
            int length = (int) Math.min((long) count * frameLength, plaintextBytes - first * frameLength);
            input.read(first, count, plaintext, length);
            output.write(first, count, plaintext, length);
            progress.add(length);
        }

        @Override
        public void close() {
            Arrays.fill(plaintext, (byte) 0);
            input.close();
            output.close();
        }
    }
}
