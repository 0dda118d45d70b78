package io.keycask.kms.examples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The walls between the modules and their packages; module-info says the same to users of the module path. */
final class WallsTest {
    private static final String API = "io.keycask.kms";
    private static final String SPI = "io.keycask.kms.spi..";
    private static final String CRYPTO = "io.keycask.kms.crypto..";
    private static final String CORE = "io.keycask.kms.core..";
    private static final String INTERNAL = "io.keycask.kms.core.internal..";
    private static final String SOFT = "io.keycask.kms.soft..";
    private static final String PKCS11 = "io.keycask.kms.pkcs11..";
    private static final String JSPECIFY = "org.jspecify.annotations..";
    private static final String JACKSON = "com.fasterxml.jackson.core..";
    private static final String SLF4J = "org.slf4j..";
    private static final String JNA = "com.sun.jna..";

    private static final JavaClasses PUBLISHED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/kms/examples/"))
            .importPackages(API);

    @Test
    void import_ofThePublishedModules_findsThemAll() {
        assertThat(PUBLISHED.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .contains(
                        API,
                        "io.keycask.kms.spi",
                        "io.keycask.kms.crypto",
                        "io.keycask.kms.core",
                        "io.keycask.kms.soft",
                        "io.keycask.kms.pkcs11")
                .doesNotContain("io.keycask.kms.examples");
    }

    @Test
    void api_knowsTheJdkOnly() {
        classes()
                .that()
                .resideInAnyPackage(API, SPI)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", JSPECIFY, API, SPI)
                .check(PUBLISHED);
    }

    @Test
    void crypto_knowsTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage(CRYPTO)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.crypto..", "jdk.incubator.vector..", JSPECIFY, CRYPTO)
                .check(PUBLISHED);
    }

    @Test
    void core_knowsApiCryptoSlf4jAndTheJsonParser() {
        classes()
                .that()
                .resideInAPackage(CORE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "javax.crypto..", "javax.sql..", JSPECIFY, SLF4J, JACKSON, API, SPI, CRYPTO, CORE)
                .check(PUBLISHED);
    }

    @Test
    void softProvider_knowsApiCryptoSlf4jAndBouncyCastle() {
        classes()
                .that()
                .resideInAPackage(SOFT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "javax.security..",
                        "org.bouncycastle..",
                        JSPECIFY,
                        SLF4J,
                        API,
                        SPI,
                        CRYPTO,
                        SOFT)
                .check(PUBLISHED);
    }

    @Test
    void pkcs11Provider_knowsApiSlf4jAndInItsBindingJna() {
        classes()
                .that()
                .resideInAPackage(PKCS11)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", JSPECIFY, SLF4J, JNA, API, SPI, PKCS11)
                .check(PUBLISHED);
        noClasses()
                .that()
                .resideInAnyPackage(API + ".pkcs11", API + ".pkcs11.session")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(JNA)
                .check(PUBLISHED);
        slices().matching("io.keycask.kms.pkcs11.(**)")
                .should()
                .beFreeOfCycles()
                .check(PUBLISHED);
    }

    @Test
    void providers_neverKnowTheCore() {
        noClasses()
                .that()
                .resideInAnyPackage(SOFT, PKCS11)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CORE)
                .check(PUBLISHED);
    }

    @Test
    void internals_areOfNoConcernOutsideTheCore() {
        noClasses()
                .that(are(not(resideInAPackage(CORE))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(INTERNAL)
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(API));
    }

    @Test
    void packagesOfTheCore_haveNoCycles() {
        slices().assignedFrom(new PackagesOfTheCore()).should().beFreeOfCycles().check(PUBLISHED);
    }

    private static final class PackagesOfTheCore implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return resideInAPackage(CORE).test(type)
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages of kms-core";
        }
    }

    @Test
    void libraries_logThroughSlf4jOnly() {
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(PUBLISHED);
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(PUBLISHED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".*Impl",
                ".*Utils?",
                ".*Helpers?",
                ".*Manager",
                ".*Info",
                ".*\\.Abstract[A-Z].*",
                ".*\\.I[A-Z][a-z].*"
            })
    void names_sayWhatATypeIs(String shape) {
        noClasses()
                .that(are(not(nameMatching(".*\\.package-info"))))
                .should()
                .haveNameMatching(shape)
                .check(PUBLISHED);
    }

    @Test
    void packages_areNamedForAConcept() {
        List<String> shapes =
                List.of("impl", "util", "utils", "common", "model", "manager", "helper", "helpers", "misc");

        assertThat(packages()).noneMatch(name -> shapes.contains(name.substring(name.lastIndexOf('.') + 1)));
    }

    @Test
    void packages_areNullMarked() {
        assertThat(packages()).allSatisfy(name -> {
            JavaPackage javaPackage = PUBLISHED.getPackage(name);
            assertThat(javaPackage.tryGetPackageInfo())
                    .as(name + " has a package-info")
                    .isPresent();
            assertThat(javaPackage.isAnnotatedWith(NullMarked.class))
                    .as(name + " is @NullMarked")
                    .isTrue();
        });
    }

    private static Set<String> packages() {
        return PUBLISHED.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    }
}
