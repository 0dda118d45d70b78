package io.keycask.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@link KeyQuery}, {@link Page} and {@link FileOptions}. */
final class KeyQueryTest {
    @Test
    void all_hasTheDefaults() {
        KeyQuery all = KeyQuery.all();

        assertThat(all.states()).isEmpty();
        assertThat(all.usage()).isEmpty();
        assertThat(all.origin()).isEmpty();
        assertThat(all.text()).isEmpty();
        assertThat(all.tags()).isEmpty();
        assertThat(all.isOldestFirst()).isFalse();
        assertThat(all.limit()).isEqualTo(10);
        assertThat(all.after()).isEmpty();
    }

    @Test
    void changedCopies_addUpAndLeaveTheOriginalAlone() {
        KeyQuery query = KeyQuery.all()
                .states(KeyState.ENABLED, KeyState.ARCHIVED)
                .usage(KeyUsage.ENCRYPT_DECRYPT)
                .origin(KeyOrigin.EXTERNAL)
                .containing("ord")
                .tag("team", "pay")
                .tag("stage", "test")
                .oldestFirst()
                .limit(200)
                .after("next");

        assertThat(query.states()).containsExactlyInAnyOrder(KeyState.ENABLED, KeyState.ARCHIVED);
        assertThat(query.usage()).hasValue(KeyUsage.ENCRYPT_DECRYPT);
        assertThat(query.origin()).hasValue(KeyOrigin.EXTERNAL);
        assertThat(query.text()).isEqualTo("ord");
        assertThat(query.tags()).containsOnlyKeys("team", "stage");
        assertThat(query.isOldestFirst()).isTrue();
        assertThat(query.limit()).isEqualTo(200);
        assertThat(query.after()).isEqualTo("next");
        assertThatThrownBy(() -> query.tags().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> query.states().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(KeyQuery.all().text()).isEmpty();
    }

    @Test
    void limit_hasBounds() {
        assertThat(KeyQuery.all().limit(1).limit()).isEqualTo(1);
        for (int limit : new int[] {Integer.MIN_VALUE, -1, 0, 201, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> KeyQuery.all().limit(limit)).isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    void page_copiesItsItems() {
        List<String> items = new ArrayList<>(List.of("a"));
        Page<String> page = new Page<>(items, Optional.empty());
        items.clear();

        assertThat(page.items()).containsExactly("a");
        assertThatThrownBy(() -> page.items().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void fileOptions_standard_refuseExistingOutputAndGoOn() {
        FileOptions standard = FileOptions.standard();
        FileOptions.ProgressListener stop = (done, total) -> false;

        assertThat(standard.isReplacingExisting()).isFalse();
        assertThat(standard.listener().onProgress(1, 2)).isTrue();
        assertThat(standard.listener(stop).replaceExisting().listener()).isSameAs(stop);
        assertThat(standard.replaceExisting().listener(stop).isReplacingExisting())
                .isTrue();
    }
}
