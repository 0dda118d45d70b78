/** The engine of Keycask: {@code EmbeddedKms} on a {@code JdbcStore}. */
module io.keycask.kms.core {
    requires com.fasterxml.jackson.core;
    requires transitive io.keycask.kms;
    requires io.keycask.kms.crypto;
    requires transitive java.sql;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.keycask.kms.core;
}
