package io.eventful.routetest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Runs route tests with the classes of its own class loader, until one is red. */
public final class RedTests implements Function<List<Path>, List<String>> {

    /** Made by name. */
    public RedTests() {}

    @Override
    public List<String> apply(List<Path> files) {
        List<String> red = new ArrayList<>();
        try (RouteTester tester = new RouteTester()) {
            for (TestCase test : TestFiles.read(files).tests()) {
                CaseResult result = tester.run(test);
                if (!result.passed()) red.add(test + ": " + ConsoleReport.text(result));
                if (!red.isEmpty()) break;
            }
        }
        return red;
    }

    /** With one method broken; fails when there is no such method, or it was not needed. */
    @SuppressWarnings("unchecked")
    static List<String> with(BrokenClass loader, List<Path> files) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Function<List<Path>, List<String>> tests = (Function<List<Path>, List<String>>)
                    loader.loadClass(RedTests.class.getName()).getConstructor().newInstance();
            List<String> red = tests.apply(files);
            if (!loader.isBroken()) throw new IllegalStateException("nothing was broken");
            return red;
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
