package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link KmsWorker} in a JVM of its own: commands go in, and the lines that it says come out. */
final class WorkerProcess {
    private static final String END = "";

    private final Process process;
    private final PrintStream commands;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    private WorkerProcess(Process process) {
        this.process = process;
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "worker-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a worker, which says READY when its store is open. */
    static WorkerProcess start(Path folder, String url, boolean maintains) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx128m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), KmsWorker.class.getName()));
        command.addAll(List.of(folder.toString(), url, maintains ? "maintains" : "rests"));
        return new WorkerProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // the process is gone
        } finally {
            lines.add(END);
        }
    }

    void send(String command) {
        commands.println(command);
    }

    /** Returns the next line. */
    String next() throws InterruptedException {
        String line = lines.poll(1, TimeUnit.MINUTES);
        assertThat(line).as("a line of process %d", pid()).isNotNull().isNotEqualTo(END);
        seen.add(line);
        return line;
    }

    /** Returns the first of the next lines that begins with this word, without it. */
    String next(String word) throws InterruptedException {
        String line = next();
        while (!line.startsWith(word)) {
            line = next();
        }
        return line.substring(word.length()).strip();
    }

    /** Returns all lines that were asked for so far. */
    List<String> seen() {
        return seen;
    }

    long pid() {
        return process.pid();
    }

    /** Ends the process with SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Lets the process close its engine, and returns when it is gone. */
    void end() throws InterruptedException {
        if (process.isAlive()) {
            send("end");
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                kill();
            }
        }
    }
}
