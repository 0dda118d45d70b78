package io.keycask.kms.benchmarks;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A row of the table of targets: a ratio between two implementations, at one or several sizes and in one or several methods.
 *
 * <p>Immutable: the methods that set something return a changed copy.
 */
final class Target {
    private final String what;
    private final String against;
    private final List<Point> dividends;
    private final List<Point> divisors;
    private final String metric;
    private final boolean atMost;
    private final boolean vector;
    private final Map<Integer, Double> limits;

    private record Point(String method, String impl, long size) {}

    private Target(
            String what,
            String against,
            List<Point> dividends,
            List<Point> divisors,
            String metric,
            boolean atMost,
            boolean vector,
            Map<Integer, Double> limits) {
        this.what = what;
        this.against = against;
        this.dividends = dividends;
        this.divisors = divisors;
        this.metric = metric;
        this.atMost = atMost;
        this.vector = vector;
        this.limits = Map.copyOf(limits);
    }

    /** Begins a row: {@code what} against {@code against}, to be measured by the time of the worker threads. */
    static Target of(String what, String against) {
        return new Target(what, against, List.of(), List.of(), Result.CPU, false, false, Map.of());
    }

    /** Takes ours and the peer's time in these methods of a class, {@code +} between them, at these sizes. */
    Target in(String type, String methods, String impl, String peer, long... sizes) {
        return between(points(type, methods, peer, sizes), points(type, methods, impl, sizes));
    }

    private static List<Point> points(String type, String methods, String impl, long... sizes) {
        return List.of(methods.split("\\+", -1)).stream()
                .flatMap(method -> Arrays.stream(sizes).mapToObj(size -> new Point(type + "." + method, impl, size)))
                .toList();
    }

    private Target between(List<Point> peers, List<Point> ours) {
        return new Target(what, against, peers, ours, metric, atMost, vector, limits);
    }

    /** Takes the time of two classes in methods of the same names. */
    Target between(String peerType, String peer, String type, String impl, String methods, long... sizes) {
        return between(points(peerType, methods, peer, sizes), points(type, methods, impl, sizes));
    }

    /** Measures by another metric of {@link Result}. */
    Target by(String other) {
        return new Target(what, against, dividends, divisors, other, atMost, vector, limits);
    }

    /** Looks at JVMs with the Vector API instead of those without. */
    Target withVectors() {
        return new Target(what, against, dividends, divisors, metric, atMost, true, limits);
    }

    /** Wants the peer to take at least so many times as long as we do on this JDK. */
    Target atLeast(int jdk, double limit) {
        return limited(jdk, limit, false, dividends, divisors);
    }

    /** Wants us to take at most so many times as long as the peer does on this JDK; the ratio is the other way round. */
    Target costAtMost(int jdk, double limit) {
        return atMost ? limited(jdk, limit, true, dividends, divisors) : limited(jdk, limit, true, divisors, dividends);
    }

    private Target limited(int jdk, double limit, boolean most, List<Point> over, List<Point> under) {
        Map<Integer, Double> more = new TreeMap<>(limits);
        more.put(jdk, limit);
        return new Target(what, against, over, under, metric, most, vector, more);
    }

    /** Returns the row in Markdown, with a cell for each of these JDKs. */
    String row(List<Result> results, List<Integer> jdks) {
        StringBuilder row = new StringBuilder("| " + what + " | " + against + " |");
        for (int jdk : jdks) {
            row.append(' ').append(cell(results, jdk)).append(" |");
        }
        return row.toString();
    }

    private String cell(List<Result> results, int jdk) {
        Double limit = limits.get(jdk);
        if (limit == null) {
            return "";
        }
        String wanted = (atMost ? "≤ " : "≥ ") + number(limit);
        DoubleSummaryStatistics ratios = new DoubleSummaryStatistics();
        for (int i = 0; i < dividends.size(); i++) {
            OptionalDouble over = time(results, dividends.get(i), jdk);
            OptionalDouble under = time(results, divisors.get(i), jdk);
            if (over.isEmpty() || under.isEmpty()) {
                return wanted + ": not measured";
            }
            ratios.accept(over.getAsDouble() / under.getAsDouble());
        }
        boolean met = atMost ? ratios.getMax() <= limit : ratios.getMin() >= limit;
        String low = number(ratios.getMin());
        String high = number(ratios.getMax());
        return wanted + ": " + (low.equals(high) ? low : low + " to " + high) + (met ? " ✔" : " ✘");
    }

    private OptionalDouble time(List<Result> results, Point point, int jdk) {
        return results.stream()
                .filter(result -> result.jdk() == jdk && result.vector() == vector)
                .filter(result -> result.method().equals(point.method())
                        && result.impl().equals(point.impl())
                        && result.size() == point.size())
                .flatMapToDouble(result -> result.median(metric).stream())
                .findFirst();
    }

    private static String number(double value) {
        String pattern = value < 10 ? "%.2f" : "%.0f";
        return String.format(Locale.ROOT, pattern, value);
    }
}
