package org.amibakery.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/** Keeps the log out of what commands say: they tell in words what went wrong. */
public final class CommandLogs {
    private CommandLogs() {}

    /** Silences the log, unless it was asked for. */
    public static void quiet() {
        Logger root = context().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        if (root.getAppender("debug") == null) {
            root.detachAndStopAllAppenders();
        }
    }

    /** Shows the log on standard error. */
    public static void show() {
        LoggerContext context = context();
        context.reset();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{24} %msg%n");
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("debug");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(Level.INFO);
        context.getLogger("org.amibakery").setLevel(Level.DEBUG);
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
