/**
 * The JDBC driver: thin {@code java.sql} classes over {@link dev.turntable.engine.Engine}.
 *
 * <p>Knows connections, statements, result sets, conversions and metadata; no SQL, no HTTP, no
 * service. Only the driver and the data source are public.
 */
@NullMarked
package dev.turntable.jdbc;

import org.jspecify.annotations.NullMarked;
