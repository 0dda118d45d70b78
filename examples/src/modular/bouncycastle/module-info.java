/** A program on the module path that has Bouncy Castle: a root key from a passphrase, and SM2. */
module example.bouncycastle {
    requires io.keycask.kms.core;
    requires io.keycask.kms.soft;
    requires org.bouncycastle.provider;
}
