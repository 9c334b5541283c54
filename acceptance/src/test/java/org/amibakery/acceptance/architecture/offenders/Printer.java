package org.amibakery.acceptance.architecture.offenders;

/** Writes among a command's results. */
public final class Printer {
    public void print(String line) {
        System.out.println(line);
    }
}
