package io.keycask.kms.pkcs11.session;

import io.keycask.kms.ProviderException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a call may stay inside of the library. Where there is a limit, calls run on threads of their own, and one that
 * takes longer is left behind: its thread and session stay lost until the library returns, so there is a bound of
 * threads, at which calls fail at once.
 */
final class CallLimit implements AutoCloseable {
    private static final int THREADS_PER_SESSION = 2;
    private static final long IDLE_SECONDS = 60;

    private final Duration limit;
    private final @Nullable ThreadPoolExecutor threads;

    private CallLimit(Duration limit, @Nullable ThreadPoolExecutor threads) {
        this.limit = limit;
        this.threads = threads;
    }

    /** Returns a limit of this length; none at zero. */
    static CallLimit of(Duration limit, int maxSessions) {
        if (limit.isZero()) {
            return new CallLimit(limit, null);
        }
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                0,
                THREADS_PER_SESSION * maxSessions + 1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "keycask-pkcs11");
                    thread.setDaemon(true);
                    return thread;
                });
        return new CallLimit(limit, threads);
    }

    <T> T run(Supplier<T> call) {
        if (threads == null) {
            return call.get();
        }
        Future<T> result;
        try {
            result = threads.submit(call::get);
        } catch (RejectedExecutionException e) {
            throw ProviderException.retryable("all calls into the library are in use or stuck", e);
        }
        try {
            return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw ProviderException.retryable("the library did not answer within " + limit.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProviderException.retryable("interrupted while the library worked", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdown();
        }
    }
}
