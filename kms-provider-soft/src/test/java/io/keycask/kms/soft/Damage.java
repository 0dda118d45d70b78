package io.keycask.kms.soft;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every way to damage some bytes a little. */
final class Damage {
    private Damage() {}

    /** Returns the bytes with each bit flipped, cut at each length, and with one to three bytes appended. */
    static Stream<byte[]> of(byte[] bytes) {
        Stream<byte[]> flipped = IntStream.range(0, 8 * bytes.length).mapToObj(bit -> flipped(bytes, bit));
        Stream<byte[]> cut = IntStream.range(0, bytes.length).mapToObj(length -> Arrays.copyOf(bytes, length));
        Stream<byte[]> appended = IntStream.of(0, '\n', ' ', 'a', 0xff)
                .boxed()
                .flatMap(b -> Stream.of(1, 2, 3).map(more -> appended(bytes, b, more)));
        return Stream.of(flipped, cut, appended).flatMap(s -> s);
    }

    static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        return flipped;
    }

    private static byte[] appended(byte[] bytes, int b, int more) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + more);
        Arrays.fill(longer, bytes.length, longer.length, (byte) b);
        return longer;
    }
}
