package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressBookTest {

    @TempDir
    Path folder;

    private AddressBook book() {
        return new AddressBook(folder);
    }

    @Test
    void theAddressesOfAChannelAreKeptInTheOrderOfItsMoves() {
        AddressBook book = book();
        book.note("events", "events");
        book.note("orders", "orders");
        book.note("events", "crm.events");
        book.note("events", "events");
        assertThat(book.of("events")).containsExactly("crm.events", "events");
        assertThat(book().of("events")).containsExactly("crm.events", "events");
        assertThat(book().of("orders")).containsExactly("orders");
    }

    @Test
    void anAddressIsOfTheChannelThatUsedItLast() {
        book().note("events", "x");
        book().note("orders", "x");
        assertThat(book().of("events")).containsExactly("events");
        assertThat(book().of("orders")).containsExactly("orders", "x");
    }

    /** A version without this book has used the names of channels. */
    @Test
    void aChannelThatIsNotWrittenDownMayHaveUsedItsName() {
        AddressBook book = book();
        assertThat(book.of("events")).containsExactly("events");
        book.note("events", "crm.events");
        assertThat(book.of("events")).containsExactly("events", "crm.events");
        book.note("orders", "events");
        assertThat(book.of("events")).containsExactly("crm.events");
    }

    @Test
    void nothingIsWrittenWithoutAMove() throws IOException {
        book().note("events", "events");
        Path file = folder.resolve("channels");
        assertThat(file).hasContent("events events\n");
        Files.delete(file);
        AddressBook book = book();
        book.note("events", "events");
        Files.delete(file);
        book.note("events", "events");
        assertThat(file).doesNotExist();
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenLater() throws IOException {
        Path later = folder.resolve("later");
        AddressBook book = new AddressBook(later);
        book.note("events", "crm.events");
        assertThat(book.of("events")).containsExactly("events", "crm.events");
        Files.createDirectory(later);
        book.note("events", "crm.events");
        assertThat(new AddressBook(later).of("events")).containsExactly("events", "crm.events");
    }
}
