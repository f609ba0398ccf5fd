package io.eventful.receive;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A house of its own for each test. */
abstract class HouseFixture {

    @TempDir
    Path folder;

    House house;

    @BeforeEach
    void open() throws Exception {
        house = new House(folder, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }
}
