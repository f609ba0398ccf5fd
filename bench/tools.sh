# Functions of bench/run: where its tools come from. Nothing is installed on the machine; what is missing is
# unpacked below bench/target.

JVM_OPTIONS="-XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

# Sets JDK to the newest of the machine, as the launcher chooses it.
find_jdk() {
    JDK=""
    _best=20
    for _home in "${JAVA_HOME:-}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/*; do
        [ -x "$_home/bin/javac" ] && [ -r "$_home/release" ] || continue
        _version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$_home/release")
        if [ "${_version:-0}" -gt "$_best" ]; then
            _best=$_version
            JDK=$_home
        fi
    done
    [ -n "$JDK" ]
}

# debian_tool NAME PACKAGE...: prints the path of a program: the machine's own, else one unpacked from Debian packages.
debian_tool() {
    _name=$1
    shift
    _own=$(PATH="$PATH:/usr/sbin" command -v "$_name" 2>/dev/null || true)
    if [ -n "$_own" ]; then
        echo "$_own"
        return 0
    fi
    _dir="$TARGET/debian/$_name"
    if [ ! -x "$_dir/run" ]; then
        command -v apt-get >/dev/null && command -v dpkg >/dev/null || return 1
        rm -rf "$_dir"
        mkdir -p "$_dir"
        for _package in "$@"; do
            (cd "$_dir" && apt-get download -q "$_package") >>"$TARGET/debian/log" 2>&1 || true
        done
        for _file in "$_dir"/*.deb; do
            [ -f "$_file" ] && dpkg -x "$_file" "$_dir/root" || return 1
        done
        _program=$(find "$_dir/root/usr/bin" "$_dir/root/usr/sbin" -name "$_name" -type f 2>/dev/null | head -n 1)
        [ -n "$_program" ] || return 1
        _libraries=$(find "$_dir/root" -name '*.so.*' -exec dirname {} \; | sort -u | tr '\n' ':')
        printf '#!/bin/sh\nexec env LD_LIBRARY_PATH="%s" "%s" "$@"\n' "${_libraries%:}" "$_program" >"$_dir/run"
        chmod +x "$_dir/run"
    fi
    "$_dir/run" -v >/dev/null 2>&1 || [ $? -eq 1 ] || return 1
    echo "$_dir/run"
}

# Prints the folder of Spring Cloud Gateway's jars.
peer() {
    if [ ! -f "$TARGET/peer/.complete" ] || [ "$BENCH/pom.xml" -nt "$TARGET/peer/.complete" ]; then
        rm -rf "$TARGET/peer"
        (cd "$ROOT" && ./mvnw -B -ntp -q -f "$BENCH/pom.xml" dependency:copy-dependencies \
            -DincludeScope=runtime -DoutputDirectory="$TARGET/peer") >"$TARGET/peer.log" 2>&1 </dev/null || return 1
        touch "$TARGET/peer/.complete"
    fi
    echo "$TARGET/peer"
}

# unpack_gateway JAR: its classes and libraries, for the parts of the benchmark that call them directly.
unpack_gateway() {
    _to="$TARGET/gateway"
    [ ! -f "$_to/.complete" ] || [ "$1" -nt "$_to/.complete" ] || return 0
    rm -rf "$_to"
    "$JDK/bin/java" -Djarmode=tools -jar "$1" extract --destination "$_to" >/dev/null 2>&1 || return 1
    mkdir "$_to/classpath"
    mv "$_to"/*.jar "$_to"/lib/*.jar "$_to/classpath/"
    touch "$_to/.complete"
}

# compile FOLDER CLASSPATH
compile() {
    find "$BENCH/src/$1" -name '*.java' >"$TARGET/$1.files"
    "$JDK/bin/javac" --release 21 -parameters -proc:none -d "$TARGET/classes/$1" -cp "$2" @"$TARGET/$1.files"
}

# Prints the folder of JMH's jars.
jmh() {
    if [ ! -f "$TARGET/jmh/.complete" ] || [ "$BENCH/jmh.pom.xml" -nt "$TARGET/jmh/.complete" ]; then
        rm -rf "$TARGET/jmh"
        (cd "$ROOT" && ./mvnw -B -ntp -q -f "$BENCH/jmh.pom.xml" dependency:copy-dependencies \
            -DoutputDirectory="$TARGET/jmh") >"$TARGET/jmh.log" 2>&1 </dev/null || return 1
        touch "$TARGET/jmh/.complete"
    fi
    echo "$TARGET/jmh"
}

# compile_jmh CLASSPATH: the benchmarks, with what JMH generates for them.
compile_jmh() {
    mkdir -p "$TARGET/classes/jmh"
    "$JDK/bin/javac" --release 21 -proc:full -processor org.openjdk.jmh.generators.BenchmarkProcessor \
        -d "$TARGET/classes/jmh" -cp "$1" $(find "$BENCH/src/jmh" -name '*.java')
}

# Prints the class path of a Kafka broker, as the integration tests use it.
kafka_classpath() {
    _file="$ROOT/target/kafka/classpath"
    [ -f "$_file" ] || (cd "$ROOT" && ./mvnw -B -ntp -q antrun:run@kafka-broker) >"$TARGET/kafka.log" 2>&1 </dev/null || return 1
    cat "$_file"
}
