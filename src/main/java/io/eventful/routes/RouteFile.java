package io.eventful.routes;

/**
 * The content of a route file.
 *
 * @param path path as an operator would write it, such as {@code routes/customers.yaml}
 * @param text its content
 */
record RouteFile(String path, String text) {

    /** The name of the file without folder and extension, such as {@code customers}. */
    String base() {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
