package io.keycask.kms.core.internal.access;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.keycask.kms.ErrorCode;
import io.keycask.kms.InvalidRequestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON text of policies, and refuses what it does not understand with the place and the reason.
 *
 * <p>Jackson's streaming parser does the JSON (RFC 8259) and refuses a member that is there twice. Everything is bounded
 * before it is read: the text, its depth, and the number of statements. Thread-safe.
 */
public final class PolicyParser {
    /** The longest policy, in bytes of UTF-8. */
    public static final int MAX_BYTES = 6_144;

    /** The most statements of a policy. */
    public static final int MAX_STATEMENTS = 100;

    private static final int MAX_DEPTH = 8;
    private static final int MAX_NUMBER_LENGTH = 100;

    /** Made for the first policy that is read; who starts as the root account only does not wait for it. */
    private static final class Json {
        static final JsonFactory FACTORY = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(
                        JsonFactory.Feature
                                .INTERN_FIELD_NAMES) // foreign names have no place in tables that live for ever
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxDocumentLength(MAX_BYTES)
                        .maxStringLength(MAX_BYTES)
                        .maxNameLength(MAX_BYTES)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .build())
                .build();
    }

    private final String region;

    /** A parser for the policies of a service in this region. */
    public PolicyParser(String region) {
        this.region = region;
    }

    /**
     * Checks that the text is a policy.
     *
     * @throws InvalidRequestException otherwise
     */
    public void check(String text) {
        parse(text);
    }

    /**
     * Returns the statements of the policy.
     *
     * @throws InvalidRequestException if the text is not a policy
     */
    List<PolicyStatement> parse(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw refusal(Optional.empty(), bytes + " bytes; limit is " + MAX_BYTES);
        }
        try (JsonParser parser = Json.FACTORY.createParser(text)) {
            try {
                return new PolicyReader(new Tokens(parser), region).policy();
            } catch (JsonProcessingException e) {
                throw refusal(Optional.ofNullable(e.getLocation()), "not JSON: " + e.getOriginalMessage());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string is always there
        }
    }

    private static InvalidRequestException refusal(Optional<JsonLocation> place, String reason) {
        String where = place.map(at -> ", line " + at.getLineNr() + ", column " + at.getColumnNr())
                .orElse("");
        return new InvalidRequestException(ErrorCode.INVALID_PARAMETER_VALUE, "policy" + where + ": " + reason);
    }

    /** The tokens of one text, and refusals that name the place of the present one. */
    static final class Tokens {
        private final JsonParser parser;

        Tokens(JsonParser parser) {
            this.parser = parser;
        }

        @Nullable
        JsonToken next() throws IOException {
            return parser.nextToken();
        }

        boolean is(JsonToken token) {
            return parser.currentToken() == token;
        }

        String name() throws IOException {
            return parser.currentName();
        }

        String text() throws IOException {
            return parser.getText();
        }

        boolean isScalar() {
            JsonToken token = parser.currentToken();
            return token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL;
        }

        InvalidRequestException refuse(String reason) {
            return refusal(Optional.of(parser.currentTokenLocation()), reason);
        }
    }
}
