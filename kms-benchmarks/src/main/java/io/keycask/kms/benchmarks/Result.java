package io.keycask.kms.benchmarks;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What JMH measured for one benchmark method with one set of parameters.
 *
 * @param method class and method, as in {@code EnvelopeBenchmark.encrypt}
 * @param impl the parameter {@code impl}
 * @param size the parameter {@code size}, 0 if there is none
 * @param jdk the feature number of the JDK
 * @param vector whether the JVM had the module jdk.incubator.vector
 * @param medians the median of every metric per operation by its name: {@link #WALL}, {@link #CPU}, {@link #ALL_CPU}, {@link
 *     #SHOT_CPU} in nanoseconds,
 *     {@link #ALLOCATION} in bytes
 */
record Result(String method, String impl, long size, int jdk, boolean vector, Map<String, Double> medians) {
    static final String WALL = "wall";
    static final String CPU = "cpu";
    static final String ALL_CPU = "cpu.all";
    static final String SHOT_CPU = "shotNanos";
    static final String ALLOCATION = "gc.alloc.rate.norm";

    Result {
        medians = Map.copyOf(medians);
    }

    /** Reads a file that JMH wrote with {@code -rf json}. */
    static List<Result> parse(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            List<Result> results = new ArrayList<>();
            for (JsonElement element : JsonParser.parseReader(reader).getAsJsonArray()) {
                results.add(parse(element.getAsJsonObject()));
            }
            return results;
        }
    }

    private static Result parse(JsonObject json) {
        String method = json.get("benchmark").getAsString();
        int methodDot = method.lastIndexOf('.');
        int classDot = method.lastIndexOf('.', methodDot - 1);
        JsonObject parameters = json.has("params") ? json.getAsJsonObject("params") : new JsonObject();
        String jdk = json.get("jdkVersion").getAsString();
        Map<String, Double> medians = new TreeMap<>();
        JsonObject primary = json.getAsJsonObject("primaryMetric");
        medians.put(WALL, median(primary) * nanos(primary.get("scoreUnit").getAsString()));
        json.getAsJsonObject("secondaryMetrics")
                .entrySet()
                .forEach(metric ->
                        medians.put(metric.getKey(), median(metric.getValue().getAsJsonObject())));
        return new Result(
                method.substring(classDot + 1),
                parameters.has("impl") ? parameters.get("impl").getAsString() : "",
                parameters.has("size") ? parameters.get("size").getAsLong() : 0,
                Runtime.Version.parse(jdk).feature(),
                json.getAsJsonArray("jvmArgs").toString().contains("jdk.incubator.vector"),
                medians);
    }

    private static double nanos(String unit) {
        return switch (unit) {
            case "ns/op" -> 1;
            case "us/op" -> 1e3;
            case "ms/op" -> 1e6;
            default -> throw new IllegalArgumentException("score is in " + unit + "; expected a time per operation");
        };
    }

    private static double median(JsonObject metric) {
        List<Double> values = new ArrayList<>();
        for (JsonElement fork : metric.getAsJsonArray("rawData")) {
            JsonArray iterations = fork.getAsJsonArray();
            iterations.forEach(value -> values.add(value.getAsDouble()));
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    OptionalDouble median(String metric) {
        Double value = medians.get(metric);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
