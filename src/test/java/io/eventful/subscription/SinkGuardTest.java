package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinkGuardTest {

    /** Private, shared, loopback, link-local; special purposes; odd spellings of these; IPv6. */
    private static final String FORBIDDEN = """
        0.0.0.0 0.0.0.1 0.255.255.255 10.0.0.0 10.0.0.1 10.255.255.255 100.64.0.0 100.100.100.200
        100.127.255.255 127.0.0.0 127.0.0.1 127.1.2.3 127.255.255.255 169.254.0.0 169.254.169.254
        169.254.170.2 169.254.255.255 172.16.0.0 172.17.0.1 172.31.255.255 192.168.0.0 192.168.1.1
        192.168.255.255 168.63.129.16

        192.0.0.0 192.0.0.8 192.0.0.192 192.0.0.255 192.0.2.0 192.0.2.255 192.31.196.1 192.52.193.1
        192.88.99.1 192.175.48.1 198.18.0.0 198.19.255.255 198.51.100.7 203.0.113.255 224.0.0.1 233.252.0.1
        239.255.255.255 240.0.0.1 250.1.2.3 255.255.255.254 255.255.255.255

        2130706433 0x7f000001 0x7F.0.0.1 0177.0.0.1 017700000001 127.1 127.0.1 0 0x0 0x7f.1 127.0.0.1.
        2852039166 0xa9fea9fe 0251.0376.0251.0376 169.16689662 10.1 0xA.0.0.1 012.0.0.1 3232235777
        0x7f.0x0.0x0.0x1 00000177.0.0.01

        :: [::] ::1 [::1] 0:0:0:0:0:0:0:1 ::2 ::7f00:1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:7f00:1
        [::ffff:10.0.0.1] ::ffff:169.254.169.254 0:0:0:0:0:ffff:c0a8:1 64:ff9b::127.0.0.1
        64:ff9b::a9fe:a9fe 64:ff9b::10.0.0.1 64:ff9b::192.168.1.1 64:ff9b:1::1 64:ff9b:1::8.8.8.8
        64:ff9b:1:ffff::1 100::1 100::ffff:ffff:ffff:ffff 100:0:0:1::1 200::1 400::1 1000::1 1fff::1
        2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:2:0:ffff::1 2001:3::1 2001:4:112::1
        2001:10::1 2001:1f::1 2001:20::1 2001:2f:ffff::1 2001:30::1 2001:1ff::1 2001:db8::1
        2001:db8:ffff::1 2002::1 2002:7f00:1::1 2002:808:808::1 2002:a00:1::1 2620:4f:8000::1 3fff::1
        3fff:fff:ffff::1 4000::1 5f00::1 5f00:ffff::1 6000::1 8000::1 a000::1 c000::1 e000::1 f000::1
        f800::1 fc00::1 fd00::1 fd00:ec2::254 fd12:3456:789a::1 fdff::1 fe00::1 fe80::1 fe80::1%eth0
        [fe80::1%25eth0] febf::1 fec0::1 feff::1 ff00::1 ff02::1 ff0e::1 ffff::1
        """;

    private static final String PUBLIC = """
        1.0.0.1 1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.216.34 100.63.255.255 100.128.0.0
        126.255.255.255 128.0.0.1 168.63.129.15 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0
        192.0.1.0 192.0.3.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 203.0.112.255 203.0.114.0
        223.255.255.255 134744072 0x08080808 010.8.8.8 ::ffff:8.8.8.8 64:ff9b::8.8.8.8 2000::1 2001:200::1
        2001:4860:4860::8888 2003::1 2606:4700:4700::1111 2620:4f:7fff::1 2a00:1450::1 3ffe::1
        """;

    static Stream<String> forbidden() {
        return Arrays.stream(FORBIDDEN.strip().split("\\s+"));
    }

    static Stream<String> open() {
        return Arrays.stream(PUBLIC.strip().split("\\s+"));
    }

    private final SinkGuard guard = new SinkGuard(List.of());

    private static InetAddress address(String text) {
        return SinkGuard.literal(text).orElseThrow(() -> new AssertionError(text + " is not understood"));
    }

    @ParameterizedTest
    @MethodSource("forbidden")
    void refusesWhatNoPublicReceiverHas(String host) {
        assertThat(guard.forbidden(address(host)))
                .as(host)
                .hasValueSatisfying(range -> assertThat(range).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("open")
    void allowsPublicAddresses(String host) {
        assertThat(guard.forbidden(address(host))).as(host).isEmpty();
    }

    @Test
    void theOctalSpellingOfTenIsEight() {
        assertThat(address("010.8.8.8").getHostAddress()).isEqualTo("8.8.8.8");
    }

    @Test
    void anAddressMappedIntoIpv6ByHandCountsAsWhatItEmbeds() throws Exception {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, 127, 0, 0, 1};
        InetAddress address = Inet6Address.getByAddress(null, mapped, -1);
        assertThat(address).isInstanceOf(Inet6Address.class);
        assertThat(guard.forbidden(address))
                .hasValueSatisfying(range -> assertThat(range).startsWith("loopback"));
        assertThat(new SinkGuard(List.of("127.0.0.0/8")).forbidden(address)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "localhost",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.2.3.256",
                "0x",
                "0xg",
                "08.1.1.1",
                "4294967296",
                "1..2",
                "a.1.2.3",
                "1.2.3.4a",
                "[::g]",
                "::1::",
                "12345::",
                "",
                ".",
                "١.١.١.١",
                "-1.0.0.1"
            })
    void whatIsNoAddressIsNotTakenForOne(String host) {
        if (host.equals("0x")) assertThat(address(host).getHostAddress()).isEqualTo("0.0.0.0");
        else assertThat(SinkGuard.literal(host)).as(host).isEmpty();
    }

    @Test
    void allowedNetworksAreExceptionsAndNothingMore() {
        SinkGuard some = new SinkGuard(List.of("127.0.0.0/8", "10.20.0.0/15", "fd00:1::/32", "192.168.7.7"));
        assertThat(some.forbidden(address("127.9.9.9"))).isEmpty();
        assertThat(some.forbidden(address("10.21.255.255"))).isEmpty();
        assertThat(some.forbidden(address("10.22.0.0"))).isPresent();
        assertThat(some.forbidden(address("10.19.255.255"))).isPresent();
        assertThat(some.forbidden(address("fd00:1:ffff::1"))).isEmpty();
        assertThat(some.forbidden(address("fd00:2::1"))).isPresent();
        assertThat(some.forbidden(address("192.168.7.7"))).isEmpty();
        SinkGuard single = new SinkGuard(List.of("192.168.7.9/32", "fd00::9/128"));
        assertThat(single.forbidden(address("192.168.7.9"))).isEmpty();
        assertThat(single.forbidden(address("192.168.7.8"))).isPresent();
        assertThat(single.forbidden(address("fd00::9"))).isEmpty();
        assertThat(single.forbidden(address("fd00::8"))).isPresent();
        assertThat(some.forbidden(address("192.168.7.8"))).isPresent();
        assertThat(some.forbidden(address("::1"))).isPresent();
        assertThat(some.forbidden(address("64:ff9b::127.0.0.1"))).isEmpty();
    }

    @Test
    void everythingCanBeAllowedOnPurpose() {
        SinkGuard all = new SinkGuard(List.of("0.0.0.0/0", "::/0"));
        assertThat(all.forbidden(address("169.254.169.254"))).isEmpty();
        assertThat(all.forbidden(address("fe80::1"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "example.com", "10/8", "10.0.0.0/a"})
    void aNetworkThatCannotBeReadIsRefused(String network) {
        assertThatThrownBy(() -> new SinkGuard(List.of(network)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + network + "\"");
    }

    @Test
    void oneForbiddenAddressAmongManyIsEnough() {
        assertThat(guard.firstForbidden(List.of(address("8.8.8.8"), address("10.0.0.1"))))
                .hasValueSatisfying(reason -> assertThat(reason).contains("10.0.0.1", "private"));
        assertThat(guard.firstForbidden(List.of(address("8.8.8.8")))).isEmpty();
    }

    @Test
    void aNameThatLeadsInsideAndOutsideIsOfNoUseButLocalhostKeepsWhatIsAllowed() {
        InetAddress v4 = address("127.0.0.1");
        InetAddress v6 = address("::1");
        SinkGuard some = new SinkGuard(List.of("127.0.0.0/8"));
        assertThat(some.usable("example.com", List.of(v4, v6))).isEmpty();
        assertThat(some.usable("example.com", List.of(v4))).containsExactly(v4);
        assertThat(some.usable("LocalHost.", List.of(v6, v4))).containsExactly(v4);
        assertThat(guard.usable("localhost", List.of(v6, v4))).isEmpty();
        assertThat(guard.usable("notlocalhost", List.of(address("8.8.8.8"), v4)))
                .isEmpty();
    }
}
