package io.eventful.routetest;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs route tests as invocations of the annotated method. */
final class RouteTestsExtension implements TestTemplateInvocationContextProvider {

    private static final Namespace NAMESPACE = Namespace.create(RouteTestsExtension.class);

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return context.getTestMethod()
                .filter(method -> method.isAnnotationPresent(RouteTests.class))
                .isPresent();
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        RouteTests annotation = context.getRequiredTestMethod().getAnnotation(RouteTests.class);
        TestFiles files =
                TestFiles.read(Arrays.stream(annotation.value()).map(Path::of).toList());
        if (!files.problems().isEmpty())
            throw new IllegalStateException(
                    files.problems().stream().map(TestProblem::text).collect(Collectors.joining("\n")));
        Shared shared = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Shared.class, key -> new Shared(new RouteTester()), Shared.class);
        return files.tests().stream().map(test -> new Invocation(test, shared.tester()));
    }

    /** One for all classes, closed when JUnit ends. */
    private record Shared(RouteTester tester) implements ExtensionContext.Store.CloseableResource {
        @Override
        public void close() {
            tester.close();
        }
    }

    private record Invocation(TestCase test, RouteTester tester)
            implements TestTemplateInvocationContext, InvocationInterceptor {

        @Override
        public String getDisplayName(int number) {
            return test.toString();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public void interceptTestTemplateMethod(
                InvocationInterceptor.Invocation<Void> body,
                ReflectiveInvocationContext<Method> method,
                ExtensionContext context)
                throws Throwable {
            CaseResult result = tester.run(test);
            if (!result.passed()) throw new AssertionError(ConsoleReport.text(result));
            body.proceed();
        }
    }
}
