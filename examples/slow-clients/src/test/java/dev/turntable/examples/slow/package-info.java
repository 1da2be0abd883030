/** Clients outside the JVM of the tests, or too large for every build, on the driver's jar. */
package dev.turntable.examples.slow;
