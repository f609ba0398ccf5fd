package io.eventful.config;

/**
 * One thing wrong with the configuration.
 *
 * @param path dotted path of the key, such as {@code eventful.delivery.timeout}
 * @param origin where it was written: file and line, environment variable, or flag
 * @param message what is wrong; never the value of a secret
 * @param remedy what to write instead
 */
public record ConfigurationProblem(String path, String origin, String message, String remedy) {

    @Override
    public String toString() {
        String where = origin.isEmpty() ? "" : " (" + origin + ")";
        String mend = remedy.isEmpty() ? "" : "\n      " + remedy;
        return path + where + ": " + message + mend;
    }
}
