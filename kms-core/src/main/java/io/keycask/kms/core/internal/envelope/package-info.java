/**
 * Envelope messages: the AWS Encryption SDK message format, version 2, as docs/formats.md §4 and §5 describe it.
 *
 * <p>Start from {@link io.keycask.kms.core.internal.envelope.Envelopes}, which makes the ciphers, and {@link
 * io.keycask.kms.core.internal.envelope.DataKeySource}, from which they get data keys. Below them a {@code MessageSealer} and
 * a {@code MessageOpener} deal with headers, and a {@code FrameCipher} with single frames; {@code FrameWriter} and {@code
 * FrameReader} are the same for streams, {@code FileTransfer} for files.
 */
@NullMarked
package io.keycask.kms.core.internal.envelope;

import org.jspecify.annotations.NullMarked;
