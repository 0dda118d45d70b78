package io.keycask.kms.examples;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process with a time limit, and what it said. */
record ForkedProcess(int status, String output) {
    private static final long LIMIT_SECONDS = 120;
    private static final int NATIVE_ACCESS_WARNS = 24; // from this JDK on, about native libraries

    /** Runs {@code java} of this JDK in a folder, on the module path if there is {@code -m}. */
    static ForkedProcess java(Path folder, String... arguments) throws IOException, InterruptedException {
        return run(folder, javaCommand("org.xerial.sqlitejdbc", arguments));
    }

    /** Returns the command that runs {@code java} of this JDK, with native access for these modules, or on the class path. */
    static List<String> javaCommand(String nativeModules, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= NATIVE_ACCESS_WARNS) {
            command.add(
                    "--enable-native-access=" + (List.of(arguments).contains("-m") ? nativeModules : "ALL-UNNAMED"));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a command in a folder. */
    static ForkedProcess run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output-", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            return new ForkedProcess(ended ? process.exitValue() : -1, text);
        } finally {
            Files.delete(output);
        }
    }
}
