/** Customer master keys in a hardware security module, through its PKCS#11 library. */
@SuppressWarnings("module") // the digits are the name of the standard
module io.keycask.kms.pkcs11 {
    requires transitive io.keycask.kms;
    requires com.sun.jna;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.keycask.kms.pkcs11;
}
