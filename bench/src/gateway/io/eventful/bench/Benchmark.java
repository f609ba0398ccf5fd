package io.eventful.bench;

/** What a benchmark's process does; it ends with it, also when it fails while threads of a gateway are left. */
@FunctionalInterface
interface Benchmark {

    void run() throws Exception;

    /** Runs it, and ends the process: with 0, or with 1 and what went wrong. */
    static void main(Benchmark benchmark) {
        int status = 0;
        try {
            benchmark.run();
        } catch (Throwable failure) {
            failure.printStackTrace();
            status = 1;
        }
        System.out.flush();
        System.exit(status);
    }
}
