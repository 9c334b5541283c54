package org.amibakery.acceptance.architecture;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Has an offender judged as if it were built in that folder. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AsIfIn {
    /** The folder whose rule the class breaks. */
    Folder value();
}
