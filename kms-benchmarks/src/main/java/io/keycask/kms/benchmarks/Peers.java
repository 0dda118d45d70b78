package io.keycask.kms.benchmarks;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.tencent.kona.crypto.KonaCryptoNativeProvider;
import com.tencent.kona.crypto.KonaCryptoProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Provider;
import java.security.Security;
import java.util.concurrent.Callable;

/** The JCA providers that the benchmarks compare with, by the name that {@code impl} gives them. */
final class Peers {
    private static final String CONSCRYPT_JAR = "/peers/conscrypt.jar";

    private Peers() {}

    /**
     * Returns the provider of this name.
     *
     * @throws IllegalStateException if it does not work here, as one without a native library for this platform
     */
    static Provider provider(String impl) {
        return switch (impl) {
            case "jdk" -> load(impl, () -> Security.getProvider("SunJCE"));
            case "conscrypt" -> load(impl, Peers::conscrypt);
            case "corretto" -> load(impl, Peers::corretto);
            case "kona" -> load(impl, KonaCryptoProvider::new);
            case "kona-native" -> load(impl, KonaCryptoNativeProvider::new);
            default -> throw new IllegalArgumentException("impl=" + impl + " is unknown");
        };
    }

    private static Provider load(String impl, Callable<Provider> loader) {
        try {
            return loader.call();
        } catch (Exception | LinkageError e) {
            throw new IllegalStateException(
                    "impl=" + impl + " does not load on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + "; leave it out with -p impl=...",
                    e);
        }
    }

    private static Provider corretto() {
        AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
        return AmazonCorrettoCryptoProvider.INSTANCE;
    }

    /*
     * Conscrypt comes from a jar inside the jar and a class loader of its own. On the class path Tink would find it and use it
     * instead of the JDK, and the benchmarks of Tink would be others than those of most of its users.
     */
    private static Provider conscrypt() throws IOException, ReflectiveOperationException {
        Path jar = Files.createTempFile("conscrypt-", ".jar");
        jar.toFile().deleteOnExit();
        try (InputStream in = Peers.class.getResourceAsStream(CONSCRYPT_JAR)) {
            if (in == null) {
                throw new IOException("the jar has no " + CONSCRYPT_JAR);
            }
            Files.copy(in, jar, StandardCopyOption.REPLACE_EXISTING);
        }
        URL[] urls = {jar.toUri().toURL()};
        ClassLoader loader = new URLClassLoader("conscrypt", urls, ClassLoader.getPlatformClassLoader());
        return Class.forName("org.conscrypt.OpenSSLProvider", true, loader)
                .asSubclass(Provider.class)
                .getDeclaredConstructor()
                .newInstance();
    }
}
