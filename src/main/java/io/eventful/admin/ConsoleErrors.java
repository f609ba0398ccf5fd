package io.eventful.admin;

import io.eventful.store.StoreDamagedException;
import io.eventful.store.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** Shows errors of the console as pages, with the title and detail of the API's problem details. */
@ControllerAdvice(assignableTypes = ConsolePage.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ConsoleErrors {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleErrors.class);

    /** The last sentence of a detail, if it tells the next call of the API. */
    private static final Pattern CALL = Pattern.compile(" (?:GET|POST) \\S+ [^.]*\\.$");

    @ExceptionHandler
    ModelAndView problem(ErrorResponseException e, HttpServletRequest request) {
        return page(
                request,
                e.getStatusCode().value(),
                e.getBody().getTitle(),
                withoutCalls(e.getBody().getDetail()),
                errors(e));
    }

    /** A reader of pages makes no calls; the page links to where the same can be done. */
    private static @Nullable String withoutCalls(@Nullable String detail) {
        return detail == null ? null : CALL.matcher(detail).replaceFirst("");
    }

    /** The list {@code errors} of the problem details, if there is one. */
    static Object errors(ErrorResponseException e) {
        Map<String, Object> properties = e.getBody().getProperties();
        return properties == null ? List.of() : properties.getOrDefault("errors", List.of());
    }

    @ExceptionHandler
    ModelAndView malformed(TypeMismatchException e, HttpServletRequest request) {
        return page(request, 400, "Invalid parameter", Query.rule(e.getPropertyName(), e.getRequiredType()), List.of());
    }

    @ExceptionHandler
    ModelAndView missing(MissingServletRequestParameterException e, HttpServletRequest request) {
        return page(request, 400, "Missing parameter", e.getParameterName() + " is missing.", List.of());
    }

    @ExceptionHandler
    ModelAndView storeUnavailable(StoreUnavailableException e, HttpServletRequest request) {
        LOG.warn("console.store-unavailable reason=\"{}\"", e.getMessage());
        return page(
                request,
                503,
                "Store unavailable",
                "The store is unavailable at the moment. Try again in a few seconds.",
                List.of());
    }

    @ExceptionHandler
    ModelAndView storeDamaged(StoreDamagedException e, HttpServletRequest request) {
        return page(request, 500, "Store damaged", AdminErrors.damaged(e), List.of());
    }

    @ExceptionHandler
    ModelAndView unforeseen(RuntimeException e, HttpServletRequest request) {
        LOG.error("console.failed", e);
        return page(
                request,
                500,
                "Internal error",
                "The gateway failed to process the request. Its log contains the cause.",
                List.of());
    }

    private static ModelAndView page(
            HttpServletRequest request, int status, @Nullable String title, @Nullable String detail, Object errors) {
        ModelAndView page = new ModelAndView("console/problem", ConsoleModel.of(request));
        page.setStatus(HttpStatusCode.valueOf(status));
        page.addObject("status", status);
        page.addObject("problem", title == null ? "The request failed" : title);
        page.addObject("detail", detail == null ? "" : detail);
        page.addObject("errors", errors);
        page.addObject("back", ConsoleBack.of(request, status));
        return page;
    }
}
