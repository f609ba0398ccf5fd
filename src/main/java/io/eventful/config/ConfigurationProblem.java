package io.eventful.config;

/**
 * One problem of the configuration.
 *
 * @param path dotted path of the key, such as {@code eventful.delivery.timeout}
 * @param origin source of the value: file and line, environment variable, or flag
 * @param message what is wrong; never the value of a secret
 * @param remedy how to correct it
 */
public record ConfigurationProblem(String path, String origin, String message, String remedy) {

    @Override
    public String toString() {
        String where = origin.isEmpty() ? "" : " (" + origin + ")";
        String mend = remedy.isEmpty() ? "" : "\n      " + remedy;
        return path + where + ": " + message + mend;
    }
}
