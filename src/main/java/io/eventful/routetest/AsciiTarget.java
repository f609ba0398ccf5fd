package io.eventful.routetest;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A request target as it is sent: characters beyond ASCII are percent-encoded, all else stays as it is written. */
final class AsciiTarget {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private AsciiTarget() {}

    static String of(String written) {
        if (written.chars().allMatch(each -> each < 0x80)) return written;
        StringBuilder target = new StringBuilder();
        for (byte each : written.getBytes(StandardCharsets.UTF_8))
            if (each >= 0) target.append((char) each);
            else target.append('%').append(HEX.toHexDigits(each));
        return target.toString();
    }
}
