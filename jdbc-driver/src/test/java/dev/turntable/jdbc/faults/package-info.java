/**
 * What happens when a service, the network or the user misbehaves, seen through {@code java.sql}.
 */
@NullMarked
package dev.turntable.jdbc.faults;

import org.jspecify.annotations.NullMarked;
