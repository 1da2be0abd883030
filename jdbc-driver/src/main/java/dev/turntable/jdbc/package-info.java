/**
 * The JDBC driver: thin {@code java.sql} classes over {@link dev.turntable.engine.Engine}.
 *
 * <p>Knows connections, statements, result sets, conversions and metadata; no SQL, no HTTP, no
 * service. Users know the driver, the data source and {@link dev.turntable.jdbc.RequestUsage}; what is
 * public in the rooms below is so for the others, and for who calls it by reflection.
 */
@NullMarked
package dev.turntable.jdbc;

import org.jspecify.annotations.NullMarked;
