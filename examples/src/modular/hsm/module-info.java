/** A program on the module path whose keys are in a hardware security module. */
module example.hsm {
    requires io.keycask.kms.core;
    requires io.keycask.kms.pkcs11;
}
