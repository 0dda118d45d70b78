/** Customer master keys sealed in software under a root key. */
module io.keycask.kms.soft {
    requires transitive io.keycask.kms;
    requires io.keycask.kms.crypto;
    requires org.slf4j;
    requires static org.bouncycastle.provider;
    requires static org.jspecify;

    exports io.keycask.kms.soft;
}
