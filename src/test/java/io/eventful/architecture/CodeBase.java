package io.eventful.architecture;

import static java.util.stream.Collectors.toCollection;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The classes that the rules look at: the shipped code, and the trees that break a rule on purpose. */
final class CodeBase {

    static final String BASE = "io.eventful";

    /** Tests are recognised by where they are compiled to, whatever the tool that compiled them. */
    static final ImportOption SHIPPED = location -> !location.contains("/test-classes/");

    private CodeBase() {}

    static JavaClasses shipped() {
        return new ClassFileImporter().withImportOption(SHIPPED).importPackages(BASE);
    }

    static JavaClasses fixture(String base) {
        return new ClassFileImporter().importPackages(base);
    }

    static String fixtureBase(String name) {
        return BASE + ".architecture.fixtures." + name;
    }

    /** The packages directly below the base as the source tree has them, so that a rule cannot miss one by a slip in its pattern. */
    static SortedSet<String> packagesInSources() {
        try (Stream<Path> entries = Files.list(Path.of("src/main/java/io/eventful"))) {
            return entries.filter(Files::isDirectory)
                    .map(directory -> directory.getFileName().toString())
                    .collect(toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SortedSet<String> packagesIn(JavaClasses classes, String base) {
        return classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(base + "."))
                .map(name -> name.substring(base.length() + 1).split("\\.", 2)[0])
                .collect(toCollection(TreeSet::new));
    }
}
