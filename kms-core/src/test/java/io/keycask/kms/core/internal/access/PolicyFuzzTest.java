package io.keycask.kms.core.internal.access;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keycask.kms.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
final class PolicyFuzzTest {
    private final PolicyParser parser = new PolicyParser("local");

    /** Whatever somebody sends as a policy is one, or is refused with a reason. */
    @FuzzTest(maxDuration = "1m")
    void parse_anyText(byte[] bytes) {
        try {
            if (parser.parse(new String(bytes, StandardCharsets.UTF_8)).isEmpty()) {
                throw new AssertionError("a policy without a statement");
            }
        } catch (InvalidRequestException expected) {
            if (!String.valueOf(expected.getMessage()).startsWith("policy")) {
                throw new AssertionError("a refusal without a place", expected);
            }
        }
    }
}
