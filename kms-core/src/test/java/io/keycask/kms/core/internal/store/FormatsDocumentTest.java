package io.keycask.kms.core.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What docs/formats.md says about the tables is what the store makes. */
final class FormatsDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/formats.md");

    @Test
    void document_hasEveryStatementOfTheSchema() throws IOException {
        String document = Files.readString(DOCUMENT).replaceAll("\\s+", " ");

        List<String> statements =
                List.of(Migration.script(UnaryOperator.identity()).split("\n", -1));

        assertThat(statements).hasSizeGreaterThan(20);
        assertThat(statements)
                .filteredOn(statement -> statement.startsWith("CREATE"))
                .allSatisfy(statement -> assertThat(document).contains(statement));
    }

    @Test
    void schema_thatWasReleased_hasNotChanged() {
        assertThat(Migration.script(UnaryOperator.identity()))
                .contains("VALUES (1, 0, '89e072f0146d891682beec074067f970587d98d2b2dabf2cf2e2e2129c616d89')");
    }
}
