package io.keycask.kms.core.internal.access;

import io.keycask.kms.AccessControl;
import java.util.Map;
import java.util.Optional;

/** The policies that come with the library. They stand in no store, so that a later release can complete them. */
public final class Presets {
    private static final Map<String, String> DOCUMENTS =
            Map.of(AccessControl.FULL_ACCESS, """
            {
              "version": "2.0",
              "statement": [{"effect": "allow", "action": "kms:*", "resource": "*"}]
            }
            """, AccessControl.READ_ONLY, """
            {
              "version": "2.0",
              "statement": [{
                "effect": "allow",
                "action": [
                  "kms:Describe*", "kms:List*", "kms:GetKeyRotationStatus", "kms:GetPublicKey",
                  "kms:GetRegions", "kms:GetServiceStatus"
                ],
                "resource": "*"
              }]
            }
            """);

    private Presets() {}

    /** Returns the text of the preset of this name. */
    public static Optional<String> document(String name) {
        return Optional.ofNullable(DOCUMENTS.get(name));
    }
}
