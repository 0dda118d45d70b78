package io.keycask.kms.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes tables of ratios, in Markdown, from the JSON files that JMH wrote to a folder: what {@code bin/benchmarks report} prints. */
public final class Report {
    /** The file that says where and when the benchmarks ran. */
    static final String ENVIRONMENT = "environment.txt";

    private static final double MILLION = 1e6;
    private static final double START_LIMIT_MILLIS = 150;

    private final List<Result> results;
    private final List<Integer> jdks;

    Report(List<Result> results) {
        this.results = results;
        this.jdks = List.copyOf(new TreeSet<>(results.stream().map(Result::jdk).toList()));
    }

    /** Prints the tables of the folder that is the only argument. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path environment = folder.resolve(ENVIRONMENT);
        if (Files.exists(environment)) {
            System.out.println(Files.readString(environment));
        }
        System.out.println(new Report(read(folder)).markdown());
    }

    static List<Result> read(Path folder) throws IOException {
        List<Result> results = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            results.addAll(Result.parse(file));
        }
        return results;
    }

    String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("### The data path");
        lines.add("");
        lines.add(header("what", "against"));
        lines.add(separator(2));
        Targets.DATA_PATH.forEach(target -> lines.add(target.row(results, jdks)));
        lines.add(twoThreads());
        lines.add(heap());
        lines.add(start());
        lines.add("");
        lines.add("### SM4");
        lines.add("");
        lines.add(header("what", "against"));
        lines.add(separator(2));
        Targets.SM4.forEach(target -> lines.add(target.row(results, jdks)));
        lines.add("");
        lines.add("### Bytes that an SM4-GCM message allocates");
        lines.add("");
        lines.add(header("implementation", "message"));
        lines.add(separator(2));
        lines.addAll(allocations());
        return String.join("\n", lines);
    }

    private String header(String first, String second) {
        StringBuilder line = new StringBuilder("| " + first + " | " + second + " |");
        jdks.forEach(jdk -> line.append(" JDK ").append(jdk).append(" |"));
        return line.toString();
    }

    private String separator(int columns) {
        return "|" + "---|".repeat(columns) + "---:|".repeat(jdks.size());
    }

    private String twoThreads() {
        return Target.of("file of 1 GiB on two threads, wall time", "on one")
                .in("FileBenchmark", "encrypt+decrypt", "keycask-2-threads", "keycask", 1L << 30)
                .by(Result.WALL)
                .atLeast(17, 1.7)
                .atLeast(25, 1.7)
                .row(results, jdks);
    }

    private String heap() {
        StringBuilder row = new StringBuilder("| file of 10 GiB in 64 MiB of heap | |");
        for (int jdk : jdks) {
            long done = results.stream()
                    .filter(result -> result.jdk() == jdk
                            && result.method().startsWith("FileBenchmark.")
                            && result.size() == 10L << 30)
                    .map(Result::method)
                    .distinct()
                    .count();
            row.append(done == 2 ? " both ways ✔ |" : " not measured |");
        }
        return row.toString();
    }

    private String start() {
        StringBuilder row = new StringBuilder("| JVM, new store, first envelope, wall time | JVM and SQLite alone |");
        for (int jdk : jdks) {
            OptionalDouble ours = wall("keycask", jdk);
            OptionalDouble sqlite = wall("sqlite", jdk);
            row.append(" ≤ ").append((int) START_LIMIT_MILLIS).append(" ms more: ");
            if (ours.isEmpty() || sqlite.isEmpty()) {
                row.append("not measured |");
                continue;
            }
            double more = (ours.getAsDouble() - sqlite.getAsDouble()) / MILLION;
            row.append(Math.round(more)).append(more <= START_LIMIT_MILLIS ? " ms ✔ |" : " ms ✘ |");
        }
        return row.toString();
    }

    private OptionalDouble wall(String impl, int jdk) {
        return results.stream()
                .filter(result -> result.jdk() == jdk
                        && result.method().equals("StartBenchmark.run")
                        && result.impl().equals(impl))
                .flatMapToDouble(result -> result.median(Result.WALL).stream())
                .findFirst();
    }

    private List<String> allocations() {
        return results.stream()
                .filter(result -> result.method().startsWith("Sm4GcmBenchmark."))
                .filter(result -> result.median(Result.ALLOCATION).isPresent())
                .sorted(Comparator.comparing(Result::impl)
                        .thenComparing(Result::method)
                        .thenComparingLong(Result::size))
                .map(this::allocation)
                .distinct()
                .toList();
    }

    private String allocation(Result one) {
        String name = one.impl() + (one.vector() ? ", Vector API" : "");
        String method = one.method().substring(one.method().indexOf('.') + 1);
        StringBuilder row = new StringBuilder("| " + name + " | " + method + ", " + one.size() + " B |");
        for (int jdk : jdks) {
            row.append(' ').append(allocated(one, jdk)).append(" |");
        }
        return row.toString();
    }

    private String allocated(Result like, int jdk) {
        return results.stream()
                .filter(result -> result.jdk() == jdk
                        && result.vector() == like.vector()
                        && result.method().equals(like.method())
                        && result.impl().equals(like.impl())
                        && result.size() == like.size())
                .flatMapToDouble(result -> result.median(Result.ALLOCATION).stream())
                .mapToObj(bytes -> String.format(Locale.ROOT, "%.0f", bytes))
                .findFirst()
                .orElse("");
    }
}
