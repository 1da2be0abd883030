/**
 * Everything that knows Handinger: its requests as a Retrofit interface, its records, and one file
 * per table.
 *
 * <p>The service publishes no list of tasks, and answers a task with its turns or without, depending
 * on its age: {@link dev.turntable.handinger.KnownIds} and {@link
 * dev.turntable.handinger.TurnsEndpointProbe} deal with that. Facts are from the service's published API.
 */
@NullMarked
package dev.turntable.handinger;

import org.jspecify.annotations.NullMarked;
