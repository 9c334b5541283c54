package org.amibakery.worker;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/** Sets the log up: on standard error, for people or, in JSON, for machines; with Temporal's MDC keys. */
public final class Logging {
    private Logging() {}

    /** How a log line is written. */
    public enum Format {
        TEXT,
        JSON
    }

    /**
     * Sets format and level.
     *
     * @param level of our own loggers: {@code debug}, {@code info}, {@code warn} or {@code error}
     */
    public static void configure(Format format, String level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.putProperty("level", level);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        String resource = "/logging/%s.xml".formatted(format.name().toLowerCase(Locale.ROOT));
        URL configuration = Objects.requireNonNull(Logging.class.getResource(resource), resource);
        try {
            configurator.doConfigure(configuration);
        } catch (JoranException broken) {
            throw new IllegalStateException("The packaged log configuration %s is broken".formatted(resource), broken);
        }
    }
}
