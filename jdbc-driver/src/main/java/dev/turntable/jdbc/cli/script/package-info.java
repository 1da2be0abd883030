/** Runs scripts of SQL and of commands that begin with a backslash: typed, piped, or from files. */
@NullMarked
package dev.turntable.jdbc.cli.script;

import org.jspecify.annotations.NullMarked;
