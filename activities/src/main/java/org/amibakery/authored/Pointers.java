package org.amibakery.authored;

/** Composes and compares JSON pointers (RFC 6901). */
final class Pointers {
    private Pointers() {}

    static String entry(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    static String entry(String pointer, int index) {
        return pointer + "/" + index;
    }

    static String parent(String pointer) {
        int slash = pointer.lastIndexOf('/');
        return slash < 0 ? "" : pointer.substring(0, slash);
    }

    static String name(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
    }

    /** Whether a pointer is that of a value or of something inside it. */
    static boolean within(String pointer, String value) {
        return pointer.equals(value) || pointer.startsWith(value + "/");
    }

    /** The pointer as people write paths: {@code builder.instanceTypes[0]}. */
    static String path(String pointer) {
        StringBuilder path = new StringBuilder();
        for (String step :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            String name = step.replace("~1", "/").replace("~0", "~");
            if (name.matches("[0-9]+")) {
                path.append('[').append(name).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(name);
            }
        }
        return path.toString();
    }
}
