package dev.turntable.jdbc.cli.script;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a script does.
 *
 * @param sql the statement, without its semicolon; for a command what was written before it and is
 *     not yet ended, or empty
 * @param command the command, from its backslash to the end of its line, or null for a statement
 * @param line the line of the script where it begins, from 1
 * @param column the column there, from 1
 */
public record Step(String sql, @Nullable String command, int line, int column) {}
