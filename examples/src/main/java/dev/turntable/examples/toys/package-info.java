/**
 * A third service, added from outside with nothing but what {@code dev.turntable.source} publishes: a
 * workshop that makes toys. Its jar lies beside the driver's on the class path, and {@code
 * jdbc:turntable:toys:baseUrl=…} finds it.
 */
@NullMarked
package dev.turntable.examples.toys;

import org.jspecify.annotations.NullMarked;
