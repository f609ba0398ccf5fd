package io.eventful.routetest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a JUnit 5 test of every route test in files or folders. The method's body runs after each that has passed, and is
 * usually empty.
 *
 * <pre>{@code
 * @RouteTests("routes")
 * void routes() {}
 * }</pre>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(RouteTestsExtension.class)
public @interface RouteTests {

    /** Files, or folders with some in them or below, as seen from the working folder. */
    String[] value() default "routes";
}
