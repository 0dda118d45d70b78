package io.keycask.kms.benchmarks;

import java.util.Arrays;
import java.util.stream.Stream;

/** The main program of the benchmarks: JMH with its usual options, and the CPU time of every benchmark beside its score. */
public final class Benchmarks {
    private Benchmarks() {}

    /** Runs JMH with these options; {@code -h} explains them. */
    public static void main(String[] options) throws Exception {
        Stream<String> cpuTime = Stream.of("-prof", CpuTimeProfiler.class.getName());
        org.openjdk.jmh.Main.main(Stream.concat(cpuTime, Arrays.stream(options)).toArray(String[]::new));
    }
}
