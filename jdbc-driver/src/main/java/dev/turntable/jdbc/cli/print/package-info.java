/** The formats in which the command line prints rows. */
@NullMarked
package dev.turntable.jdbc.cli.print;

import org.jspecify.annotations.NullMarked;
