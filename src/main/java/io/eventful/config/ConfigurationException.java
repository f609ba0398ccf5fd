package io.eventful.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is invalid; contains all problems, not only the first. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<ConfigurationProblem> problems;

    public ConfigurationException(List<ConfigurationProblem> problems) {
        super(problems.size() + (problems.size() == 1 ? " problem" : " problems") + " in the configuration:\n"
                + problems.stream().map(problem -> "  - " + problem).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All problems, at least one. */
    public List<ConfigurationProblem> problems() {
        return problems;
    }
}
