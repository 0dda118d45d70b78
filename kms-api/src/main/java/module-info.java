/** The API of Keycask: the facade and the handles that applications use, and the SPI that key providers implement. */
module io.keycask.kms {
    requires static org.jspecify;

    exports io.keycask.kms;
    exports io.keycask.kms.spi;
}
