package io.eventful.bench;

/** The 1 KB item that is read and created: as many members as such an item has in life. */
final class Item {

    static final int SIZE = 1024;
    static final String PATH = "/customers";

    /** The id that nginx gives a created item: 32 hexadecimal digits, new for each request. */
    static final String NGINX_ID = "$request_id";

    private Item() {}

    /** What is sent: 1024 bytes. */
    static String request() {
        return item("");
    }

    /** What comes back: 1024 bytes. */
    static String reply() {
        return item("\"id\":\"00000000000000000000000000000000\",");
    }

    /** What comes back of nginx for a created item; 1024 bytes when nginx has put the id in. */
    static String created() {
        return reply().replace("00000000000000000000000000000000", NGINX_ID);
    }

    private static String item(String id) {
        StringBuilder json = new StringBuilder("{")
                .append(id)
                .append("\"name\":\"Ada Lovelace\",\"email\":\"ada@example.com\",\"active\":true,\"score\":17.50,")
                .append(
                        "\"address\":{\"street\":\"St James Square 12\",\"city\":\"London\",\"zip\":\"SW1Y\"},\"lines\":[");
        for (int line = 1; line <= 8; line++) {
            json.append(line == 1 ? "" : ",")
                    .append("{\"number\":" + line + ",\"article\":\"A-" + (1000 + line) + "\",\"quantity\":" + line * 3)
                    .append(",\"price\":" + line + "9.90,\"taxed\":true}");
        }
        json.append("],\"tags\":[\"new\",\"export\",\"net-30\"],\"note\":\"");
        return json.append("x".repeat(SIZE - json.length() - 2)).append("\"}").toString();
    }
}
