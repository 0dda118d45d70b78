/** A program on the module path that has no Bouncy Castle: AES and EC, sealed by a root-key file. */
module example.aes {
    requires io.keycask.kms.core;
    requires io.keycask.kms.soft;
}
