/** The interactive shell: line editing, completion, history and Ctrl-C, by JLine. */
@NullMarked
package dev.turntable.jdbc.cli.shell;

import org.jspecify.annotations.NullMarked;
