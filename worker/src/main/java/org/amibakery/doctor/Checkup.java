package org.amibakery.doctor;

import java.util.List;

/** Examines one part of an installation. Changes nothing. */
@FunctionalInterface
interface Checkup {
    List<Finding> examine();
}
