/**
 * The command line: {@code java -jar turntable-jdbc.jar}. Runs statements and prints their rows, or
 * opens a shell. Uses the driver as any JDBC client does.
 */
@NullMarked
package dev.turntable.jdbc.cli;

import org.jspecify.annotations.NullMarked;
