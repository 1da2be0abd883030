/**
 * The inner interface: what a task service must tell so that its records become tables.
 *
 * <p>Knows neither SQL planner nor HTTP. Values and small interfaces only; a third service is added
 * with the public types of this package alone.
 */
@NullMarked
package dev.turntable.source;

import org.jspecify.annotations.NullMarked;
