package io.keycask.kms.crypto;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Which implementation does large messages in this JVM: plain Java, or the Vector API where that exists and is faster.
 */
final class BulkChoice {
    /*
     * The vector code is a class of its own that only a jar built on JDK 25 has, under META-INF/versions/25, and that only loads where
     * the application has added the module jdk.incubator.vector. It starts a thousand times slower than plain Java, before it is
     * compiled, and how fast it gets depends on the processor. So a daemon thread runs it on dummy data until it is compiled,
     * compares its results with those of plain Java, then its speed, and only then publishes it. Until then, and if anything
     * goes wrong, plain Java does the work. The first key of SM4-GCM starts the thread, once per JVM.
     */

    private static final String VECTOR_CLASS = "io.keycask.kms.crypto.VectorBulk";

    private static volatile @Nullable Bulk chosen;

    private BulkChoice() {}

    /** Returns the implementation for large messages, or null while plain Java does them too. */
    static @Nullable Bulk current() {
        return chosen;
    }

    /** Starts the choice, if it has not begun. */
    static void begin() {
        Once.begun();
    }

    private static final class Once {
        static {
            Thread thread = new Thread(BulkChoice::choose, "keycask-sm4-choice");
            thread.setDaemon(true);
            thread.start();
        }

        static void begun() {}
    }

    private static void choose() {
        Logger log = System.getLogger(BulkChoice.class.getPackageName());
        String verdict = "plain Java";
        try {
            Bulk vector = load();
            if (vector == null) {
                verdict += ": no vector code for this JVM";
            } else {
                BulkTrial trial = new BulkTrial(vector);
                verdict = trial.run();
                if (trial.won()) {
                    chosen = vector;
                }
            }
        } catch (RuntimeException | LinkageError e) {
            verdict += ": the vector code failed, " + e;
        }
        log.log(Level.DEBUG, "large sm4-gcm messages are done by {0}", verdict);
    }

    /** Returns the vector code, or null if this JVM has none. */
    static @Nullable Bulk load() {
        Module own = BulkChoice.class.getModule();
        Module incubator = ModuleLayer.boot().findModule("jdk.incubator.vector").orElse(null);
        if (incubator == null) {
            return null;
        }
        own.addReads(incubator);
        try {
            return Class.forName(VECTOR_CLASS)
                    .asSubclass(Bulk.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
