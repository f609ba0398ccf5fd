package io.eventful.routes;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** A position in a route file; lines and columns start at 1. */
record Place(String file, int line, int column) {

    static Place of(String file, Node node) {
        return of(file, node.getStartMark());
    }

    static Place of(String file, Optional<Mark> mark) {
        return mark.map(at -> new Place(file, at.getLine() + 1, at.getColumn() + 1))
                .orElseGet(() -> whole(file));
    }

    /** The file as a whole. */
    static Place whole(String file) {
        return new Place(file, 0, 0);
    }

    RouteProblem error(String rule, String message, String remedy) {
        return new RouteProblem(file, line, column, rule, RouteProblem.Severity.ERROR, message, remedy);
    }

    RouteProblem warning(String rule, String message, String remedy) {
        return new RouteProblem(file, line, column, rule, RouteProblem.Severity.WARNING, message, remedy);
    }
}
