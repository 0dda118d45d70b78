package io.keycask.kms.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.keycask.kms.ErrorCode;
import io.keycask.kms.KeyId;
import io.keycask.kms.KeyOrigin;
import io.keycask.kms.KeySpec;
import io.keycask.kms.KeyState;
import io.keycask.kms.KeyUsage;
import io.keycask.kms.KmsException;
import io.keycask.kms.ResourceBinding;
import io.keycask.kms.core.internal.access.Action.Scope;
import io.keycask.kms.core.internal.operation.Operation;
import io.keycask.kms.core.internal.store.KeyRecord;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What docs/operations.md says about the operations and the error codes is what there is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OperationsDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/operations.md");

    /** The events about keys that a cloud KMS documents. */
    private static final List<String> EVENTS_OF_A_CLOUD_KMS = List.of(
            ("CreateKey DescribeKey DescribeKeys ListKeys ListKeyDetail UpdateKeyDescription UpdateAlias EnableKey"
                            + " DisableKey EnableKeys DisableKeys ScheduleKeyDeletion CancelKeyDeletion ArchiveKey"
                            + " CancelKeyArchive EnableKeyRotation DisableKeyRotation GetKeyRotationStatus RotateKey"
                            + " BindCloudResource UnbindCloudResource GetServiceStatus GetRegions ListAlgorithms Encrypt"
                            + " Decrypt ReEncrypt GenerateDataKey GenerateRandom GetParametersForImport"
                            + " ImportKeyMaterial DeleteImportedKeyMaterial GetPublicKey AsymmetricRsaDecrypt"
                            + " AsymmetricSm2Decrypt SignByAsymmetricKey VerifyByAsymmetricKey")
                    .split(" ", -1));

    /** The codes with which it answers them and that stand for nothing here. */
    private static final Set<String> CODES_THAT_CANNOT_OCCUR = Set.of(
            "AuthFailure",
            "MissingParameter",
            "FailedOperation.RotateTaskRunning",
            "FailedOperation.TaggingError",
            "InvalidParameterValue.InvalidHsmClusterId",
            "InvalidParameterValue.InvalidType",
            "InvalidParameterValue.TagsNotExisted",
            "LimitExceeded.CmkLimitExceeded",
            "UnsupportedOperation",
            "UnsupportedOperation.ServiceTemporaryUnavailable");

    /** What maintenance does; it chooses the keys by their state before. */
    private static final Set<Operation> OF_THE_ENGINE =
            EnumSet.of(Operation.RESEAL_KEY, Operation.EXPIRE_KEY_MATERIAL, Operation.DELETE_KEY);

    /** The codes that only the state machine answers. */
    private static final Set<ErrorCode> OF_THE_STATE_MACHINE = EnumSet.of(
            ErrorCode.CMK_ARCHIVED,
            ErrorCode.CMK_DISABLED,
            ErrorCode.CMK_NOT_PENDING_DELETE,
            ErrorCode.CMK_SHOULD_BE_DISABLED,
            ErrorCode.CMK_STATE_NOT_SUPPORT,
            ErrorCode.CMK_USED_BY_CLOUD_PRODUCT,
            ErrorCode.KEY_PENDING_DELETE,
            ErrorCode.NOT_EXTERNAL_CMK,
            ErrorCode.NOT_ROLE_OPERATION,
            ErrorCode.NOT_USER_CREATED_CMK);

    private List<List<String>> operations = List.of();
    private List<String> codes = List.of();
    private List<String> codesThatCannotOccur = List.of();

    @BeforeAll
    void read() throws IOException {
        List<List<String>> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)))
                .toList();
        operations = rows.stream().filter(row -> row.size() == 7).toList();
        codes = firstCells(rows, 3);
        codesThatCannotOccur = firstCells(rows, 2);
    }

    private static List<String> firstCells(List<List<String>> rows, int width) {
        return rows.stream()
                .filter(row -> row.size() == width)
                .map(row -> unquoted(row.get(0)))
                .toList();
    }

    private static String unquoted(String cell) {
        return cell.replace("`", "");
    }

    private static List<String> listed(String cell) {
        return cell.equals("–") ? List.of() : List.of(unquoted(cell).split(", ", -1));
    }

    private List<String> row(Operation operation) {
        return operations.stream()
                .filter(row -> unquoted(row.get(0)).equals(operation.eventName()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void document_hasEveryOperationOnceAndNoOther() {
        assertThat(operations)
                .extracting(row -> unquoted(row.get(0)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Operation.values())
                        .map(Operation::eventName)
                        .toList());
    }

    @Test
    void everyEventOfACloudKms_isAnOperation() {
        assertThat(Operation.values()).extracting(Operation::eventName).containsAll(EVENTS_OF_A_CLOUD_KMS);
    }

    @ParameterizedTest
    @EnumSource
    void row_saysWhatTheOperationIs(Operation operation) {
        List<String> row = row(operation);

        Scope scope = operation.action().scope();
        assertThat(unquoted(row.get(2)).toLowerCase(Locale.ROOT))
                .isEqualTo(operation.action().name());
        assertThat(row.get(3)).isEqualTo(operation.isWrite() ? "write" : "read");
        assertThat(row.get(4)).isEqualTo(level(scope));
        assertThat(row.get(5)).isEqualTo(scope == Scope.KEY ? states(operation) : "–");
    }

    private static String level(Scope scope) {
        return switch (scope) {
            case KEY -> "resource";
            case ALL_KEYS -> "operation";
            case ACCESS -> "access";
        };
    }

    private static String states(Operation operation) {
        List<KeyState> allowed =
                Arrays.stream(KeyState.values()).filter(operation::isAllowedIn).toList();
        return allowed.size() == KeyState.values().length
                ? "any"
                : allowed.stream().map(KeyState::value).collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @EnumSource
    void row_namesMethodsThatExist(Operation operation) {
        List<String> calls = listed(row(operation).get(1));

        assertThat(calls).isNotEmpty().allSatisfy(call -> {
            String[] names = call.split("\\.", -1);
            String owner = names[0].equals("EmbeddedKms") ? EmbeddedKms.class.getName() : "io.keycask.kms." + names[0];
            assertThat(Class.forName(owner).getMethods())
                    .extracting(Method::getName)
                    .contains(names[1]);
        });
    }

    @ParameterizedTest
    @EnumSource
    void row_namesTheCodesOfTheStateMachine(Operation operation) {
        List<String> named = listed(row(operation).get(6));
        Set<String> known = shortNames(EnumSet.allOf(ErrorCode.class));
        Set<ErrorCode> refusals = refusals(operation);

        assertThat(known).containsAll(named);
        assertThat(named).isSorted().doesNotHaveDuplicates().containsAll(shortNames(refusals));
        refusals.retainAll(OF_THE_STATE_MACHINE);
        assertThat(named.stream().filter(shortNames(OF_THE_STATE_MACHINE)::contains))
                .containsExactlyInAnyOrderElementsOf(shortNames(refusals));
    }

    private static Set<String> shortNames(Set<ErrorCode> codes) {
        return codes.stream()
                .map(code -> code.value().substring(code.value().indexOf('.') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns every code with which the state machine refuses the operation to some key. */
    private static Set<ErrorCode> refusals(Operation operation) {
        Set<ErrorCode> refusals = EnumSet.noneOf(ErrorCode.class);
        if (operation.action().scope() != Scope.KEY || OF_THE_ENGINE.contains(operation)) {
            return refusals;
        }
        for (KeyRecord key : keys()) {
            try {
                operation.requireAllowed(key);
            } catch (KmsException e) {
                refusals.add(e.code());
            }
        }
        return refusals;
    }

    /** Returns keys of every usage, origin and owner, in every state, bound and not. */
    private static List<KeyRecord> keys() {
        List<KeyRecord> keys = new ArrayList<>();
        for (KeyUsage usage : KeyUsage.values()) {
            for (KeyOrigin origin : KeyOrigin.values()) {
                for (String owner : List.of("user", "backup")) {
                    for (KeyState state : KeyState.values()) {
                        keys.add(key(usage, origin, owner, state, Set.of()));
                        keys.add(key(usage, origin, owner, state, Set.of(new ResourceBinding("ssm", "s1"))));
                    }
                }
            }
        }
        return keys;
    }

    private static KeyRecord key(
            KeyUsage usage, KeyOrigin origin, String owner, KeyState state, Set<ResourceBinding> bindings) {
        return KeyRecord.of(
                new KeyId(new UUID(0, 1)),
                KeySpec.RSA_2048,
                usage,
                origin,
                "soft",
                owner,
                Instant.EPOCH,
                0,
                draft -> draft.state(state).bindings(bindings));
    }

    @Test
    void document_hasEveryErrorCodeOnceAndNoOther() {
        assertThat(codes)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::value).toList());
    }

    @Test
    void document_saysOfEveryOtherCodeOfACloudKmsWhyItCannotOccur() {
        assertThat(codesThatCannotOccur).containsExactlyInAnyOrderElementsOf(CODES_THAT_CANNOT_OCCUR);
    }
}
